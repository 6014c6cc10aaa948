import type {
  ClientOptions,
  ListAllParams,
  PhoneNumber,
  PhoneNumberCriteria,
  RequestOptions,
} from "../wasm/core.js";
import { findFirst } from "./find.ts";
import { createListing } from "./listing.ts";
import { signalOf, snapshot } from "./snapshot.ts";

/**
 * Finds the first phone number that matches, and requests no further page once it is found.
 *
 * @param criteria - What the number must be. Without any, the first number is found.
 * @param options - How to reach the API, and what to search. `limit` is the page size, 100 where it is absent. Default:
 * all phone numbers, with the key of the environment variable `INSTAVIEW_API_KEY`.
 * @returns The phone number, or undefined where none matches.
 * @throws {@link InstaViewError}, whose `type` says what went wrong; `signal.reason` after an abort; or what `where`
 * throws.
 *
 * @example
 * ```ts
 * const number = await findPhoneNumber({ capability: "OUTBOUND", status: "AVAILABLE" });
 * console.log(number?.id ?? "There is none."); // the agent API's companyPhoneNumberId
 * ```
 */
export async function findPhoneNumber(
  criteria: PhoneNumberCriteria,
  options?: ClientOptions & ListAllParams & RequestOptions,
): Promise<PhoneNumber | undefined> {
  const [given, wanted] = [snapshot(options), snapshot(criteria)];
  return await findFirst(
    createListing([given], (core) => core.openListing(given, wanted)),
    wanted,
    signalOf(given),
  );
}
