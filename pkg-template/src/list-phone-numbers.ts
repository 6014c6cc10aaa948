import type { ListPhoneNumbersOptions, PhoneNumberPage } from "../wasm/core.js";
import { call } from "./core.ts";
import { signalOf, snapshot } from "./snapshot.ts";

/**
 * Lists one page of a company's phone numbers.
 *
 * Every option is checked before anything is sent, and every phone number before it is returned.
 *
 * @param options - How to reach the API, and what to list. Default: the first page, with the key of the environment
 * variable `INSTAVIEW_API_KEY`.
 * @returns The page, whichever of the documented envelopes the API used.
 * @throws {@link InstaViewError}, whose `type` says what went wrong; or `signal.reason` after an abort.
 *
 * @example
 * ```ts
 * const page = await listPhoneNumbers({ limit: 50 });
 * for (const { number, location } of page.data) console.log(number, location ?? "");
 * ```
 */
export async function listPhoneNumbers(options?: ListPhoneNumbersOptions): Promise<PhoneNumberPage> {
  const given = snapshot(options);
  return await call((core) => core.listPhoneNumbers(given), [signalOf(given)]);
}
