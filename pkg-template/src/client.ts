import type {
  ClientOptions,
  ListAllParams,
  ListPhoneNumbersParams,
  PhoneNumber,
  PhoneNumberCriteria,
  PhoneNumberPage,
  RateLimit,
  RequestOptions,
} from "../wasm/core.js";
import { type CoreModule, call, PerInstance } from "./core.ts";
import { InstaViewError } from "./error.ts";
import { findFirst } from "./find.ts";
import { createListing, type PhoneNumberListing } from "./listing.ts";
import { signalOf, snapshot } from "./snapshot.ts";

/** The core's side of a client. */
type CoreClient = PerInstance<InstanceType<CoreModule["InstaViewClient"]>>;

/** Apart from the clients: printing one shows no key, and private fields would make its type nominal. */
const coreClients = new WeakMap<InstaViewClient, CoreClient>();

function coreClientOf(client: InstaViewClient): CoreClient {
  const core = coreClients.get(client);
  if (core) return core;
  // Without its options, the call would be sent to another address with another key.
  throw new InstaViewError(
    "Call this on the client itself: a copy, a Proxy or a detached method has no options",
    {
      type: "invalid_argument",
      issues: [{ path: "this", expected: "an InstaViewClient", received: "another value" }],
    },
  );
}

/**
 * The calls of this package, with the configuration given once. Calls of one client share what is known of the rate
 * limit, and keep it together: where nothing remains of a window, they wait for the next one.
 *
 * @example
 * ```ts
 * const client = new InstaViewClient({ timeout: 10_000 });
 * const page = await client.listPhoneNumbers({ page: 2 });
 * ```
 */
export class InstaViewClient {
  /**
   * Keeps the options; the first call checks them.
   *
   * @param options - How to reach the API, and as whom. Default: the environment variables `INSTAVIEW_API_KEY` and
   * `INSTAVIEW_BASE_URL`.
   */
  constructor(options?: ClientOptions) {
    const given = snapshot(options);
    coreClients.set(this, new PerInstance((core) => new core.InstaViewClient(given)));
  }

  /** The rate limit as the server last reported it. Undefined before, and where it cannot be read. */
  get rateLimit(): RateLimit | undefined {
    const client = coreClientOf(this);
    const rateLimit = client.latest?.rateLimit;
    // Reading it may have made the core trap.
    return client.latest && rateLimit;
  }

  /**
   * Lists one page of a company's phone numbers.
   *
   * @param params - What to list. Default: the first page.
   * @param options - What concerns this call alone.
   * @returns The page, whichever of the documented envelopes the API used.
   * @throws {@link InstaViewError}, whose `type` says what went wrong; or `signal.reason` after an abort.
   *
   * @example
   * ```ts
   * const page = await client.listPhoneNumbers({ limit: 100 }, { signal: AbortSignal.timeout(5_000) });
   * ```
   */
  async listPhoneNumbers(
    params?: ListPhoneNumbersParams,
    options?: RequestOptions,
  ): Promise<PhoneNumberPage> {
    const client = coreClientOf(this);
    const [givenParams, givenOptions] = [snapshot(params), snapshot(options)];
    return await call(
      (core) => client.of(core).listPhoneNumbers(givenParams, givenOptions),
      [signalOf(givenOptions)],
    );
  }

  /**
   * Lists every phone number of a company, page after page, as they are read. Nothing is requested before that, and
   * no number is given twice.
   *
   * @param params - What to list. `limit` is the page size, 100 where it is absent. Default: all phone numbers.
   * @param options - What concerns this listing alone: one signal ends it, and the timeout is that of each attempt.
   * @returns The listing, to be iterated with `for await`, by `pages()` or with `toArray()`; each time anew. It fails with
   * an {@link InstaViewError}, whose `type` says what went wrong, or `signal.reason` after an abort.
   *
   * @example
   * ```ts
   * const numbers = await client.listAllPhoneNumbers({ concurrency: 4 }).toArray();
   * ```
   */
  listAllPhoneNumbers(params?: ListAllParams, options?: RequestOptions): PhoneNumberListing {
    const client = coreClientOf(this);
    const [givenParams, givenOptions] = [snapshot(params), snapshot(options)];
    return createListing([givenParams, givenOptions], (core) =>
      client.of(core).openListing(givenParams, givenOptions, undefined),
    );
  }

  /**
   * Finds the first phone number that matches, and requests no further page once it is found.
   *
   * @param criteria - What the number must be. Without any, the first number is found.
   * @param params - What to search. `limit` is the page size, 100 where it is absent. Default: all phone numbers.
   * @param options - What concerns this search alone.
   * @returns The phone number, or undefined where none matches.
   * @throws {@link InstaViewError}, whose `type` says what went wrong; `signal.reason` after an abort; or what `where`
   * throws.
   *
   * @example
   * ```ts
   * const number = await client.findPhoneNumber({ capability: "OUTBOUND", status: "AVAILABLE" });
   * ```
   */
  async findPhoneNumber(
    criteria: PhoneNumberCriteria,
    params?: ListAllParams,
    options?: RequestOptions,
  ): Promise<PhoneNumber | undefined> {
    const client = coreClientOf(this);
    const [givenParams, givenOptions, given] = [snapshot(params), snapshot(options), snapshot(criteria)];
    const listing = createListing([givenParams, givenOptions], (core) =>
      client.of(core).openListing(givenParams, givenOptions, given),
    );
    return await findFirst(listing, given, signalOf(givenOptions));
  }
}
