import type { PhoneNumber } from "../wasm/core.js";
import { supportsCapability } from "./capability.ts";
import { invalidArgument, issueOf } from "./issues.ts";
import { createListing } from "./listing.ts";
import type { PhoneNumberCriteria } from "./options.ts";
import type { PageRequest } from "./pages.ts";

/** The first phone number of a listing that matches the criteria, which the core has checked once there is one. */
export async function findFirst(
  createRequest: () => PageRequest,
  criteria: unknown,
): Promise<PhoneNumber | undefined> {
  if (criteria === undefined) throw invalidArgument([issueOf("criteria", "a plain object", criteria)]);
  for await (const number of createListing(createRequest)) {
    if (matches(number, criteria as PhoneNumberCriteria)) return number;
  }
  return undefined;
}

function matches(number: PhoneNumber, criteria: PhoneNumberCriteria): boolean {
  // With lenient validation it may be anything.
  if (typeof number !== "object" || number === null) return false;
  const { capability, where } = criteria;
  const names = ["status", "provider", "numberType", "custom"] as const;
  return (
    names.every((name) => criteria[name] === undefined || criteria[name] === number[name]) &&
    (capability === undefined || supportsCapability(number, capability)) &&
    (where === undefined || isTrue(where(number)))
  );
}

/** What `where` gives. A promise would be true whatever it promises. */
function isTrue(given: unknown): boolean {
  if (typeof given === "object" && given !== null && "then" in given) {
    Promise.resolve(given).catch(() => {});
    throw invalidArgument([
      { path: "where", expected: "a function that gives a boolean", received: "a promise" },
    ]);
  }
  return Boolean(given);
}
