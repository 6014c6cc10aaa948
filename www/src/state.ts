import type {
  ClientEvent,
  InstaViewError,
  InstaViewErrorType,
  PhoneNumber,
  RateLimit,
} from "instaview-phone-numbers";
import type { Company, PageConfig } from "./config.ts";
import type { Entry, Telephony } from "./entry.ts";
import type { SandboxSettings, SandboxSwitches } from "./sandbox/switches.ts";
import type { Selection } from "./selection.ts";
import type { Theme } from "./theme.ts";
import type { View } from "./view.ts";

/** What is known of the numbers that a view asks for. */
export interface Listing {
  status: "loading" | "complete" | "stopped" | "failed";
  /** All of the company's numbers, or those of the view's page where there are too many to load them unasked. */
  extent: "all" | "page";
  /** Of these, the ones that have come so far. */
  entries: readonly Entry[];
  /** What was loaded for pages, by the number of the request's page. */
  chunks: ReadonlyMap<number, readonly Entry[]>;
  /** How many there are, as last answered. */
  total?: number | undefined;
  error?: InstaViewError | undefined;
  /** Unix time in milliseconds. */
  endedAt?: number;
}

/** The listing changed while it was read. */
export type Change = Extract<ClientEvent, { type: "listingChanged" }>;

/** What a call does while there is no answer. */
export type Activity =
  | { type: "retry"; reason: InstaViewErrorType; until: number; attempt: number }
  | { type: "wait"; window: "minute" | "hour" | "retry-after"; until: number };

/** A line of the request log. */
export interface LogEntry {
  time: number;
  event: ClientEvent;
}

/** A search for a number that an agent can use. */
export interface Pick {
  open: boolean;
  direction: Direction;
  outcome:
    | { type: "searching" }
    | { type: "found"; number: PhoneNumber }
    | { type: "none" }
    | { type: "failed"; error: InstaViewError };
}
export type Direction = "OUTBOUND" | "INBOUND" | "INBOUND_OUTBOUND";

/** A file with numbers, as far as it is made. */
export interface Export {
  extent: "shown" | "all";
  outcome:
    | { type: "choosing" }
    | { type: "loading"; count: number; total?: number | undefined }
    | { type: "done"; count: number }
    | { type: "failed"; error: InstaViewError };
}

/** What is behind a button where there is little room. */
export type Panel = "filters" | "overview";

/** Everything that the page shows. */
export interface State {
  config: PageConfig;
  view: View;
  /** An ATS partner enters the ID of a company that is not offered. */
  entersCompany: boolean;
  /** Absent until it is loaded, after the first rows. */
  telephony?: Telephony | undefined;
  rateLimit?: RateLimit | undefined;
  /** Until when InstaView wants no request: Unix time in milliseconds. */
  pausedUntil?: number | undefined;
  listing: Listing;
  /** Of the loaded numbers, those that the view asks for. */
  selection: Selection;
  change?: Change | undefined;
  activity?: Activity | undefined;
  /** When something was last heard of a call: Unix time in milliseconds. */
  heardAt: number;
  pick: Pick;
  export?: Export | undefined;
  /** The number whose every field is shown. */
  details?: PhoneNumber | undefined;
  panels: Record<Panel, boolean>;
  log: { open: boolean; entries: readonly LogEntry[] };
  switches?: SandboxSwitches;
  theme: Theme;
}

/** What the user can do. */
export interface Actions {
  show(change: Partial<View>, how?: { replace: boolean }): void;
  reload(): void;
  cancel(): void;
  enterCompany(): void;
  pick(direction: Direction): void;
  closePick(): void;
  openExport(): void;
  chooseExport(extent: Export["extent"]): void;
  runExport(): void;
  closeExport(): void;
  showDetails(number: PhoneNumber | undefined): void;
  toggle(panel: Panel): void;
  toggleLog(): void;
  clearLog(): void;
  switchSandbox(change: Partial<SandboxSettings>): void;
  chooseTheme(theme: Theme): void;
}

/** The company of a view, by its name where that is known. */
export function companyOf({ config, view }: State): Company | undefined {
  return config.ats?.companies.find(({ id }) => id === view.company);
}

/** How many numbers there are, as far as is known: those that were counted, where all were. */
export function totalOf({ listing, change }: State): number | undefined {
  const { status, extent, entries, total } = listing;
  if (status === "failed" && entries.length === 0) return undefined;
  return status === "complete" && extent === "all" && !change ? entries.length : total;
}
