import type { PhoneNumber } from "../wasm/core.js";
import { ClientState } from "./client-state.ts";
import { findFirst } from "./find.ts";
import type { ClientOptions, ListAllParams, PhoneNumberCriteria, RequestOptions } from "./options.ts";
import { createPageRequest } from "./page-request.ts";
import { snapshot } from "./snapshot.ts";

/**
 * Finds the first phone number that matches, and stops asking once it is found.
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
  options: ClientOptions & ListAllParams & RequestOptions = {},
): Promise<PhoneNumber | undefined> {
  const [state, given, wanted] = [new ClientState(), [snapshot(options)], snapshot(criteria)];
  return await findFirst(() => createPageRequest(state, given, wanted), wanted);
}
