import type { PhoneNumberPage } from "../wasm/core.js";
import { call } from "./call.ts";
import { environment } from "./environment.ts";
import type { ClientOptions, ListPhoneNumbersParams, RequestOptions } from "./options.ts";
import { snapshot } from "./snapshot.ts";

/** Apart from the clients, so that printing one shows no key. A private field would make the type nominal. */
const optionsOf = new WeakMap<InstaViewClient, unknown>();

/**
 * The calls of this package, with the configuration given once.
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
    optionsOf.set(this, snapshot(options));
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
    const [givenParams, givenOptions] = [snapshot(params), snapshot(options)];
    return await call((core) =>
      core.client_list_phone_numbers(optionsOf.get(this), givenParams, givenOptions, environment),
    );
  }
}
