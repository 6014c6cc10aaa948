import type {
  ClientEvent,
  InstaViewError,
  InstaViewErrorType,
  PhoneNumber,
  RateLimit,
} from "instaview-phone-numbers";
import type { Company, PageConfig } from "./config.ts";
import type { SandboxSettings, SandboxSwitches } from "./sandbox/switches.ts";
import type { View } from "./view.ts";

/** What is known of the numbers that a view asks for: a page of them, or all. */
export interface Listing {
  status: "loading" | "complete" | "stopped" | "failed";
  /** Of all, those that have come so far. */
  numbers: readonly PhoneNumber[];
  /** As last answered, so that they are known while another page loads. */
  total?: number | undefined;
  pageCount?: number | undefined;
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

/** Everything that the page shows. */
export interface State {
  config: PageConfig;
  view: View;
  /** An ATS partner enters the ID of a company that is not offered. */
  entersCompany: boolean;
  rateLimit?: RateLimit | undefined;
  listing: Listing;
  /** Of the loaded numbers, those that the view asks for. */
  selected: readonly PhoneNumber[];
  change?: Change | undefined;
  activity?: Activity | undefined;
  pick: Pick;
  log: { open: boolean; entries: readonly LogEntry[] };
  switches?: SandboxSwitches;
}

/** What the user can do. */
export interface Actions {
  show(change: Partial<View>, how?: { replace: boolean }): void;
  reload(): void;
  cancel(): void;
  enterCompany(): void;
  pick(direction: Direction): void;
  closePick(): void;
  toggleLog(): void;
  clearLog(): void;
  switchSandbox(change: Partial<SandboxSettings>): void;
}

/** The company of a view, by its name where that is known. */
export function companyOf({ config, view }: State): Company | undefined {
  return config.ats?.companies.find(({ id }) => id === view.company);
}
