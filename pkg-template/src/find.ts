import type { PhoneNumber } from "../wasm/core.js";
import { supportsCapability } from "./capability.ts";
import type { ClientState } from "./client-state.ts";
import { createListing } from "./listing.ts";
import type { PhoneNumberCriteria } from "./options.ts";
import { createPageRequest } from "./page-request.ts";

/** The first phone number of a listing that matches the criteria, which the core has checked once there is one. */
export async function findFirst(
  state: ClientState,
  given: unknown[],
  criteria: unknown,
): Promise<PhoneNumber | undefined> {
  const request = createPageRequest(state, given, criteria);
  for await (const number of createListing(request)) {
    if (matches(number, (criteria ?? {}) as PhoneNumberCriteria)) return number;
  }
  return undefined;
}

function matches(number: PhoneNumber, { capability, where, ...fields }: PhoneNumberCriteria): boolean {
  // With lenient validation it may be anything.
  if (typeof number !== "object" || number === null) return false;
  const names = ["status", "provider", "numberType", "custom"] as const;
  return (
    names.every((name) => fields[name] === undefined || fields[name] === number[name]) &&
    (capability === undefined || supportsCapability(number, capability)) &&
    (where === undefined || Boolean(where(number)))
  );
}
