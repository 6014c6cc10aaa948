// The stores of the tests, and the clients that share their rate limits in them.
import { createHash } from "node:crypto";
import {
  type ClientEvent,
  type ClientOptions,
  InstaViewClient,
  type RateLimitStore,
} from "instaview-phone-numbers";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { reporting, useFakeClock } from "./fake-clock.ts";

export const apiKey = "sk_test_abcdefghijkl";
export const baseUrl = "https://x.test";
/** A decision. */
export const admitted = { admitted: true as const, permit: "a permit" };

/** A store that lets everything through, unless it is told otherwise. */
export function storeOf(overrides: Partial<RateLimitStore> = {}) {
  return {
    admit: vi.fn(overrides.admit ?? (async () => admitted)),
    finish: vi.fn(overrides.finish ?? (async () => {})),
  };
}

/** A store that fails while it is down. What it decides has these members as well. */
export function failingStore(members: object = {}) {
  const store = Object.assign(
    storeOf({
      admit: async () => {
        if (store.isDown) throw new Error("down");
        return Object.assign(members, admitted);
      },
    }),
    { isDown: false },
  );
  return store;
}

/** A client with this store, and the events that it emits. */
export function clientOf(rateLimitStore: RateLimitStore, options: ClientOptions = {}) {
  const events: ClientEvent[] = [];
  const fetch = vi.fn(async () => reporting({}));
  const client = new InstaViewClient({
    apiKey,
    baseUrl,
    fetch,
    onEvent: (event) => events.push(event),
    rateLimitStore,
    ...options,
  });
  const errors = () =>
    events.flatMap((event) => (event.type === "rateLimitStoreError" ? [event.message] : []));
  return { client, events, errors, fetch };
}

/** For the tests of a file, time passes only when they say so, and no timer may be left. */
export function useFakeClockWithStores() {
  useFakeClock();
  beforeEach(() => {
    // Another thread does it, in a time of its own.
    vi.spyOn(crypto.subtle, "digest").mockImplementation(async (_, data) => {
      const { buffer } = new Uint8Array(
        createHash("sha256")
          .update(data as Uint8Array)
          .digest(),
      );
      return buffer;
    });
  });
  afterEach(() => {
    expect(vi.getTimerCount(), "timers that are left").toBe(0);
  });
}
