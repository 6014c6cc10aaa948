// What the soak must notice, done on purpose: the package with something broken.
import { createServer, type Server } from "node:net";
import type {
  ClientOptions,
  InstaViewClient,
  ListPhoneNumbersOptions,
  PhoneNumber,
  PhoneNumberListing,
  PhoneNumberPage,
  RequestOptions,
} from "instaview-phone-numbers";
import * as api from "instaview-phone-numbers";
import type { SoakClock } from "./clock.ts";
import type { Api } from "./world.ts";

/** What is broken: each gets what the package gives or takes, and replaces it. */
interface Break {
  /** The options of a client. */
  client?(options: ClientOptions): ClientOptions;
  /** The options of a call. */
  options?(options: RequestOptions): RequestOptions;
  /** The promise of a page; `again` makes the call once more. */
  page?(promise: Promise<PhoneNumberPage>, again: () => Promise<PhoneNumberPage>, clock: SoakClock): unknown;
  /** All numbers of a listing. */
  numbers?(numbers: PhoneNumber[]): PhoneNumber[];
  /** The number that was searched for. */
  found?(number: PhoneNumber | undefined): PhoneNumber | undefined;
  /** What ends an iteration. */
  left?(): Promise<unknown>;
  /** Whether each call has a client of its own. */
  forgets?: boolean;
}

export interface Misbehaviour extends Break {
  name: string;
  complaint: string | RegExp;
  /** Real milliseconds that a round has. Default 30 s. */
  patience?: number;
}

/** The package, broken so. */
export function broken(given: Break, clock: SoakClock): Api {
  const { client = same, options = same, page = same, numbers = same, found = same, left, forgets } = given;

  const listing = (listing: PhoneNumberListing): PhoneNumberListing => ({
    [Symbol.asyncIterator]: () => listing[Symbol.asyncIterator](),
    pages: () => {
      const pages = listing.pages();
      if (left) pages.return = left as never;
      return pages;
    },
    toArray: async (given) => numbers(await listing.toArray(given)),
  });
  const paged = (call: () => Promise<PhoneNumberPage>) =>
    page(call(), call, clock) as Promise<PhoneNumberPage>;

  class BrokenClient extends api.InstaViewClient {
    readonly #options: ClientOptions;
    constructor(given: ClientOptions = {}) {
      super(client(given));
      this.#options = given;
    }
    override listPhoneNumbers(...[params, given = {}]: Parameters<InstaViewClient["listPhoneNumbers"]>) {
      if (forgets) return new api.InstaViewClient(this.#options).listPhoneNumbers(params, given);
      return paged(() => super.listPhoneNumbers(params, options(given)));
    }
    override listAllPhoneNumbers(
      ...[params, given = {}]: Parameters<InstaViewClient["listAllPhoneNumbers"]>
    ) {
      return listing(super.listAllPhoneNumbers(params, options(given)));
    }
    override async findPhoneNumber(
      ...[criteria, params, given = {}]: Parameters<InstaViewClient["findPhoneNumber"]>
    ) {
      return found(await super.findPhoneNumber(criteria, params, options(given)));
    }
  }

  const all = <T extends ListPhoneNumbersOptions>(given: T) => ({ ...given, ...options(client(given)) });
  return {
    InstaViewClient: BrokenClient,
    listPhoneNumbers: (given = {}) => paged(() => api.listPhoneNumbers(all(given))),
    listAllPhoneNumbers: (given = {}) => listing(api.listAllPhoneNumbers(all(given))),
    findPhoneNumber: async (criteria, given = {}) => found(await api.findPhoneNumber(criteria, all(given))),
  };
}

function same<T>(value: T): T {
  return value;
}

/** Does something beside each page. */
const beside = (act: () => void) => (promise: Promise<PhoneNumberPage>) => {
  act();
  return promise;
};

/** Handles that are left open, for the test to close. */
export const handles: Server[] = [];

export const misbehaviours: Misbehaviour[] = [
  {
    name: "a call that never settles",
    page: () => new Promise(() => {}),
    complaint: "does not settle",
    patience: 2_000,
  },
  {
    name: "a promise that settles twice",
    page: (promise) => ({
      // biome-ignore lint/suspicious/noThenProperty: no real promise does so
      then: (resolve: (page: unknown) => void, reject: (reason: unknown) => void) =>
        promise.then((page) => {
          resolve(page);
          resolve(page);
        }, reject),
    }),
    complaint: "settled 2 times",
  },
  {
    name: "a call that takes too long",
    page: (promise, _, clock) => promise.finally(() => clock.wait(1_000_000_000)),
    complaint: "over its bound",
  },
  {
    name: "a page that is not the server's",
    page: (promise) => promise.then((page) => ({ ...page, total: page.total + 1 })),
    complaint: "is not what the server sent",
  },
  {
    name: "an error of another class",
    page: () => Promise.reject(new Error("oops")),
    complaint: "rejected with something else than an InstaViewError: Error: oops",
  },
  {
    name: "an error of the wrong type",
    page: (promise) => promise.then(() => Promise.reject(new api.InstaViewError("a defect"))),
    complaint: "rejected with internal, not one of rate_limit",
  },
  {
    name: "an abort that is ignored",
    options: ({ signal: _, ...others }) => others,
    complaint: /^aborted \(.*\), but settled with/,
  },
  {
    name: "an abort that takes its time",
    page: (promise, _, clock) => promise.finally(() => clock.wait(10)),
    complaint: "the abort took 10 virtual ms",
  },
  {
    name: "an attempt too many",
    options: (options) => ({ ...options, maxRetries: (options.maxRetries ?? 0) + 1 }),
    complaint: /^page \d+ was requested \d+ times, over \d+$/,
  },
  {
    name: "a retry that comes too early",
    page: (promise, again) => promise.catch(again),
    complaint: /ms earlier than Retry-After says$/,
  },
  {
    name: "a client that does not know what it has sent",
    forgets: true,
    complaint: /^\d+ requests of a (calm|rough) key over its limits of/,
  },
  {
    name: "a wait that is too long",
    client: (options) => ({ ...options, maxRateLimitWait: 3_600_000 }),
    complaint: /^waits for \d+ ms, over \d+$/,
  },
  {
    name: "a number that is given twice",
    numbers: (numbers) => [...numbers, ...numbers.slice(0, 1)],
    complaint: "a number was given twice",
  },
  {
    name: "a number that is missing",
    numbers: (numbers) => numbers.slice(1),
    complaint: /^\d+ numbers were given, and not the \d+ that there are$/,
  },
  {
    name: "a number that is not found",
    found: () => undefined,
    complaint: /^found undefined, not \{/,
  },
  {
    name: "an iteration that goes on",
    left: async () => ({ done: false, value: undefined }),
    complaint: "an iteration that was left goes on",
  },
  {
    name: "a change that there was not",
    options: (options) => {
      options.onEvent?.({ type: "listingChanged" } as never);
      return options;
    },
    complaint: "a listingChanged event without a change",
  },
  {
    name: "a timer that is left",
    page: beside(() => void setTimeout(() => {}, 1_000_000_000)),
    complaint: /^timers left: [1-9]/,
  },
  {
    name: "a listener that is left on the signal",
    options: (options) => {
      options.signal?.addEventListener("abort", () => {});
      return options;
    },
    complaint: "listeners left on the signal: 1",
  },
  {
    name: "a handle that is left",
    page: beside(() => {
      if (handles.length === 0) handles.push(createServer().listen(0, "127.0.0.1"));
    }),
    complaint: "resources left: TCPServerWrap",
  },
  {
    name: "a rejection that nobody handles",
    page: beside(() => void Promise.reject(new Error("left alone"))),
    complaint: "unhandled rejection: Error: left alone",
  },
  {
    name: "an error that is reported",
    page: beside(() => console.error("something")),
    complaint: "reported: something",
  },
];
