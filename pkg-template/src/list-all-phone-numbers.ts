import { ClientState } from "./client-state.ts";
import { createListing } from "./listing.ts";
import type { ClientOptions, ListAllParams, PhoneNumberListing, RequestOptions } from "./options.ts";
import { createPageRequest } from "./page-request.ts";
import { snapshot } from "./snapshot.ts";

/**
 * Lists every phone number of a company, page after page, as they are asked for.
 *
 * Nothing is requested before the first number is asked for, and nothing after a `break`. No number is given twice. What
 * happens when the listing changes while it is read is up to `consistency`.
 *
 * @param options - How to reach the API, and what to list. `limit` is the page size, 100 where it is absent. Default: all
 * phone numbers, with the key of the environment variable `INSTAVIEW_API_KEY`. The options are checked when the first
 * page is asked for.
 * @returns The listing, to be iterated with `for await`, by `pages()` or with `toArray()`; each time anew. It fails with an
 * {@link InstaViewError}, whose `type` says what went wrong, or `signal.reason` after an abort.
 *
 * @example
 * ```ts
 * for await (const { number, status } of listAllPhoneNumbers()) console.log(number, status);
 * ```
 */
export function listAllPhoneNumbers(
  options: ClientOptions & ListAllParams & RequestOptions = {},
): PhoneNumberListing {
  const [state, given] = [new ClientState(), [snapshot(options)]];
  return createListing(() => createPageRequest(state, given));
}
