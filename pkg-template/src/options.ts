import type {
  ClientEvent,
  PhoneNumber,
  PhoneNumberCapability,
  PhoneNumberPage,
  PhoneNumberProvider,
  PhoneNumberStatus,
  PhoneNumberType,
} from "../wasm/core.js";

/** How to reach the API, and as whom. Given once to an {@link InstaViewClient}, or to each call. */
export interface ClientOptions {
  /**
   * The API key, sent as `Authorization: Bearer …`, or a function that gives it, called for every attempt. A secret: it
   * belongs on a server. Default: the environment variable `INSTAVIEW_API_KEY`, where there are environment variables.
   * Without a key, `baseUrl` must be a backend of your own that adds it.
   */
  apiKey?: string | (() => string | Promise<string>);
  /**
   * Where the API is; its path is kept. Default: the environment variable `INSTAVIEW_BASE_URL`, then
   * `https://api.instaview.sk`. May be relative in a browser, such as `/api`. With a key, only https, or http to this
   * machine.
   */
  baseUrl?: string | URL;
  /** The company to list, for every call that names no other. */
  companyId?: string;
  /** `ats`: a call without a `companyId` is refused before any request. Default: `company`. */
  keyType?: "company" | "ats";
  /** Milliseconds for one attempt, its body included: 1 to 2147483647. Default: 30000. */
  timeout?: number;
  /** Retries after the first attempt, of what may pass by itself: 0 to 100. Default: 2. */
  maxRetries?: number;
  /**
   * The longest single wait, in milliseconds, that the server may ask for: a call that would have to wait longer for the
   * next window, or the next attempt, fails at once, with `retryAfter`. Default: 60000.
   */
  maxRateLimitWait?: number;
  /**
   * `strict`: a phone number that breaks the contract fails the call. `lenient`: it is passed on, with a
   * `contractViolation` event. Default: `strict`.
   */
  validation?: "strict" | "lenient";
  /** A WHATWG fetch. Default: the global one, looked up at each call. */
  fetch?: (input: Request) => Promise<Response>;
  /** Headers to add to every request. `Accept`, and with a key `Authorization`, are always the package's own. */
  headers?: HeadersInit;
  /**
   * Sees every request, response, retry and wait, and changes of a listing. Its events never hold a header value or a key; what it throws does
   * not disturb the call.
   */
  onEvent?: (event: ClientEvent) => void;
  /** Allow an `apiKey` in a browser, where everyone who opens the page can read it. Default: `false`. */
  dangerouslyAllowBrowser?: boolean;
}

/**
 * What to list.
 *
 * Source: InstaView's documentation, "List phone numbers", query parameters.
 */
export interface ListPhoneNumbersParams {
  /** Which page: 1 to 10000. Not sent when absent; the API's default is 1. */
  page?: number;
  /** How many phone numbers a page holds at most: 1 to 100. Not sent when absent; the API's default is 20. */
  limit?: number;
  /** The company to list, a UUID. Required with an ATS key. */
  companyId?: string;
}

/** What concerns one call alone. */
export interface RequestOptions {
  /** Ends the call at once; its promise then rejects with `signal.reason`, as fetch's does. */
  signal?: AbortSignal;
  /** Milliseconds for one attempt, its body included: 1 to 2147483647. Default: the client's. */
  timeout?: number;
  /** Retries after the first attempt: 0 to 100. Default: the client's. */
  maxRetries?: number;
  /** Headers to add, over the client's. */
  headers?: HeadersInit;
}

/** Everything that {@link listPhoneNumbers} takes, in one object. */
export type ListPhoneNumbersOptions = ClientOptions & ListPhoneNumbersParams & RequestOptions;

/** What to list, and how its pages are read. */
export interface ListAllParams extends Omit<ListPhoneNumbersParams, "page"> {
  /** How many phone numbers a page holds at most: 1 to 100. Default: 100, which makes the fewest requests. */
  limit?: number;
  /**
   * Pages fetched at once after the first, 1 to 10, all of which may be held in memory. Order is kept, also where a page
   * fails: those before it are given, those after it cancelled. Default: 1.
   */
  concurrency?: number;
  /**
   * What happens when the listing changes while it is read: its total, page count or page size, a number that comes twice, a
   * page that is not full though another one follows. `strict`: it fails with `listing_changed`, also where its total is not
   * what was given in the end. `lenient`: a `listingChanged` event tells of it. Default: `lenient`. In both, no number is
   * given twice, and a server that gives other pages than the ones asked for, or nothing new for too long, ends it.
   */
  consistency?: "strict" | "lenient";
}

/**
 * The phone numbers of a company, listed as they are asked for, each time anew.
 *
 * @example
 * ```ts
 * const listing = listAllPhoneNumbers();
 * for await (const { number } of listing) console.log(number);
 * const first = await listing.toArray({ limit: 10 });
 * ```
 */
export interface PhoneNumberListing extends AsyncIterable<PhoneNumber> {
  /**
   * The same by pages, without numbers that were given before.
   *
   * @example
   * ```ts
   * for await (const { data, page, totalPages } of listing.pages()) console.log(page, totalPages, data.length);
   * ```
   */
  pages(): AsyncIterableIterator<PhoneNumberPage>;
  /**
   * All of them, or the first `limit`.
   *
   * @param options - `limit`: how many at most, 0 or more. Default: all.
   */
  toArray(options?: { limit?: number }): Promise<PhoneNumber[]>;
}

/**
 * What a phone number must be to be found: all that is given.
 *
 * @example
 * ```ts
 * const criteria: PhoneNumberCriteria = { capability: "OUTBOUND", where: ({ location }) => location === "Košice, SK" };
 * ```
 */
export interface PhoneNumberCriteria {
  /** A number that supports this direction: `OUTBOUND` also finds `INBOUND_OUTBOUND`. */
  capability?: PhoneNumberCapability;
  /** Whether it can be used, such as `AVAILABLE`. */
  status?: PhoneNumberStatus;
  /** Who provides it. */
  provider?: PhoneNumberProvider;
  /** What kind of number it is. */
  numberType?: PhoneNumberType;
  /** Whether it is a custom one. */
  custom?: boolean;
  /** Anything else. What it throws ends the search; a promise is refused. */
  where?: (number: PhoneNumber) => boolean;
}
