import type { PhoneNumberPage, RateLimit } from "../wasm/core.js";
import { call } from "./call.ts";
import type { CoreInstance } from "./core.ts";
import { InstaViewError } from "./error.ts";
import type { ClientOptions, ListPhoneNumbersParams, RequestOptions } from "./options.ts";
import { snapshot } from "./snapshot.ts";

/** What a client keeps, apart from it: printing one shows no key, and private fields would make its type nominal. */
class State {
  readonly options: unknown;
  #core: CoreInstance | undefined;
  #handle: InstanceType<CoreInstance["Client"]> | undefined;

  constructor(options: unknown) {
    this.options = options;
  }

  /** The core's side of the client, which does not outlive its instance of the core. */
  handle(core: CoreInstance) {
    if (!this.#handle || this.#core !== core) {
      this.#core = core;
      this.#handle = new core.Client();
    }
    return this.#handle;
  }

  get rateLimit(): RateLimit | undefined {
    return this.#handle?.rate_limit();
  }
}

const states = new WeakMap<InstaViewClient, State>();

function stateOf(client: InstaViewClient): State {
  const state = states.get(client);
  if (state) return state;
  // Without its options, the call would go to another address with another key.
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
  constructor(options: ClientOptions = {}) {
    states.set(this, new State(snapshot(options)));
  }

  /** The rate limit as the server last reported it. Undefined before, and where it cannot be read. */
  get rateLimit(): RateLimit | undefined {
    return stateOf(this).rateLimit;
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
    params: ListPhoneNumbersParams = {},
    options: RequestOptions = {},
  ): Promise<PhoneNumberPage> {
    const state = stateOf(this);
    const [givenParams, givenOptions] = [snapshot(params), snapshot(options)];
    return await call((core, environment) =>
      state.handle(core).list_phone_numbers(state.options, givenParams, givenOptions, environment),
    );
  }
}
