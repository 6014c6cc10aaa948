import type {
  ClientOptions,
  InstaViewClient,
  InstaViewErrorType,
  ListPhoneNumbersOptions,
} from "instaview-phone-numbers";
import type { ScriptedAnswer } from "../../www/sandbox/scripted-answers.ts";
import type { BrowserName } from "../browsers.ts";

/** When every row begins: Unix time in milliseconds, by the server's clock and by the local one. */
export const START = Date.UTC(2026, 0, 15, 10, 30, 0);

/** What runs rows. */
export type Engine = "node" | BrowserName;

export const BROWSERS: readonly BrowserName[] = ["chromium", "firefox", "webkit"];

/** The names that exist, with values of any type. */
export type Options = { [Name in keyof ListPhoneNumbersOptions]?: unknown };

/** Where the servers of a row are. */
export interface Addresses {
  url: string;
  /** Of another sandbox, which no request may reach. */
  otherUrl: string;
  /** Of nobody: connections are refused. */
  closedUrl: string;
  /** Of a server with https, which redirects to the first one's http. */
  secureUrl: string;
}

/** What a row may use for its call. */
export interface Context extends Addresses {
  /** The options of the call: address, key, signal, and those of the row. */
  options: ListPhoneNumbersOptions;
  /** The same without the signal, which a client doesn't take. */
  clientOptions: ClientOptions;
  /** A client with these options. */
  client: InstaViewClient;
  signal: AbortSignal;
  moments: Moments;
  /** Calls beside the one of the row, which have to succeed. */
  others: Promise<unknown>[];
}

/**
 * The n-th time that something happens in the row, from 1: the server has the request (`arrival`), the head of an answer
 * is there (`head`), the row's own apiKey function or fetch is called (`key`, `fetch`), a backoff or rate-limit wait
 * begins (`wait`).
 */
export type Moment = "arrival" | "head" | "key" | "fetch" | "wait";

/** What happens while the call is under way. */
export interface Moments {
  /** Resolves after the moment. A wait that is asked for is not passed by the clock, but by the row. */
  at(moment: Moment, count: number): Promise<void>;
  /** Moves the clock on to the timer that is due next. */
  passTime(): void;
  abort(reason?: unknown): void;
  /** Whether the client leaves the n-th request before its answer is complete. */
  left(count: number): Promise<boolean>;
}

/** What the user gets. */
export interface Expected {
  outcome: "page" | "aborted" | InstaViewErrorType;
  /** What an aborted call rejects with. Default: the reason of the row's signal. */
  reason?: unknown;
  /** The same, where it is a DOMException of the core's own: its name. */
  reasonName?: string;
  status?: number | undefined;
  /** Default: as many as requests. */
  attempts?: number;
  /** That the server receives. Default 1. */
  requests?: number;
  /** The virtual milliseconds that the call takes: all its waits and timeouts. Default 0. */
  ms?: number;
  /** Milliseconds, or at least so many. */
  retryAfter?: number | { atLeast: number };
  /** The path of the first issue. */
  issue?: string;
  /** Every event, in short. */
  events?: readonly string[];
  /** Errors that are reported as uncaught ones are. Default 0. */
  reported?: number;
  /** Headers of the last request, by lower-case name; `null` for none. */
  headers?: Record<string, string | null>;
}

/** What is done, and what the user gets. */
export interface Row {
  name: string;
  /** What the server answers, in turn; then it answers as the sandbox does. */
  answers?: ScriptedAnswer[] | ((addresses: Addresses) => ScriptedAnswer[] | Promise<ScriptedAnswer[]>);
  options?: Options | ((context: Pick<Context, keyof Addresses | "moments">) => Options);
  /** Default: `listPhoneNumbers(options)`. */
  call?: (context: Context) => Promise<unknown>;
  /** Real milliseconds after which the call is taken to hang. Default 10 s. */
  patience?: number;
  during?: (moments: Moments) => void | Promise<void>;
  gets: Expected;
  /** Where engines differ. */
  differences?: readonly Difference[];
}

/** What users get otherwise in some engines, and why: a fact that has been seen there. */
export interface Difference {
  in: readonly Engine[];
  because: string;
  gets: Partial<Expected>;
}

/** Rows that belong together. */
export interface Group {
  title: string;
  rows: Row[];
}

/** An answer with an empty page. */
export const PAGE: ScriptedAnswer = { body: { data: [], total: 0, page: 1, limit: 20, totalPages: 0 } };

/**
 * Without a key. In a browser the request then needs no preflight, so that its connection is a new one: Chromium itself
 * repeats a request whose reused connection is lost.
 */
export const KEYLESS = { apiKey: undefined } satisfies Options;
