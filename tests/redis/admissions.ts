// What the tests of the store ask it for.
import type { RateLimitReport, RateLimitStore } from "instaview-phone-numbers";

/** Options of a store, in milliseconds: long enough for a machine that is busy. */
export const patient = { timeout: 10_000 };
/** Milliseconds: longer than any test. */
export const lease = 60_000;

/** What a response reports, with so many requests that are left. */
export const report = (remaining: number): RateLimitReport => ({
  minute: { limit: 20, remaining, reset: Math.ceil(Date.now() / 1000) + 30, resetIn: 30_000 },
  hour: { limit: 2_000, remaining: 1_000, reset: Math.ceil(Date.now() / 1000) + 600, resetIn: 600_000 },
});

/** The permit of a request that must be let through. */
export async function admitted(store: RateLimitStore, id: string, milliseconds = lease): Promise<string> {
  const decision = await store.admit(id, milliseconds);
  if (!decision.admitted) throw new Error(`not let through: ${JSON.stringify(decision)}`);
  return decision.permit;
}

/** The delay and the window of a request that must wait. */
export async function refused(store: RateLimitStore, id: string) {
  const decision = await store.admit(id, lease);
  if (decision.admitted) throw new Error("let through");
  return decision;
}
