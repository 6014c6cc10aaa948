import type { ClientOptions, ListAllParams, RequestOptions } from "../wasm/core.js";
import { createListing, type PhoneNumberListing } from "./listing.ts";
import { snapshot } from "./snapshot.ts";

/**
 * Lists every phone number of a company, page after page, as they are read.
 *
 * Nothing is requested before the first number is read, and nothing after a `break`. No number is given twice. What
 * happens when the listing changes while it is read is up to `consistency`.
 *
 * @param options - How to reach the API, and what to list. `limit` is the page size, 100 where it is absent. Default: all
 * phone numbers, with the key of the environment variable `INSTAVIEW_API_KEY`. The options are checked when the first
 * page is requested.
 * @returns The listing, to be iterated with `for await`, by `pages()` or with `toArray()`; each time anew. It fails with an
 * {@link InstaViewError}, whose `type` says what went wrong, or `signal.reason` after an abort.
 *
 * @example
 * ```ts
 * for await (const { number, status } of listAllPhoneNumbers()) console.log(number, status);
 * ```
 */
export function listAllPhoneNumbers(
  options?: ClientOptions & ListAllParams & RequestOptions,
): PhoneNumberListing {
  const given = snapshot(options);
  return createListing([given], (core) => core.openListing(given, undefined));
}
