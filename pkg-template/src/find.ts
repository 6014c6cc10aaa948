import type { PhoneNumber, PhoneNumberCriteria } from "../wasm/core.js";
import { supportsCapability } from "./capability.ts";
import { invalidArgument, issueOf } from "./issues.ts";
import { throwIfAborted } from "./signal.ts";

/** The first phone number of a listing that matches the criteria, which the core has checked once there is one. */
export async function findFirst(
  listing: AsyncIterable<PhoneNumber>,
  criteria: unknown,
  signal: unknown,
): Promise<PhoneNumber | undefined> {
  if (criteria === undefined) throw invalidArgument([issueOf("criteria", "a plain object", criteria)]);
  for await (const number of listing) {
    if (matches(number, criteria as PhoneNumberCriteria)) return number;
    // By `where`, maybe at the last number.
    throwIfAborted(signal as AbortSignal | undefined);
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
    (where === undefined || isMatch(where(number)))
  );
}

/** What `where` returns. A promise would match, whatever it resolves to. */
function isMatch(result: unknown): boolean {
  if (typeof result === "object" && result !== null && "then" in result) {
    new Promise((settle) => settle(result)).catch(() => {});
    throw invalidArgument([
      { path: "where", expected: "a function that gives a boolean", received: "a promise" },
    ]);
  }
  return Boolean(result);
}
