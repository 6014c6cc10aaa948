// What a client does with a store of rate limits that fails.
import type { RateLimitStore } from "instaview-phone-numbers";
import { describe, expect, it, vi } from "vitest";
import { reporting, turn } from "./fake-clock.ts";
import { admitted, apiKey, clientOf, failingStore, storeOf, useFakeClockWithStores } from "./stores.ts";

useFakeClockWithStores();

describe("a store that fails is announced, and fails no call", () => {
  const hanging = () => new Promise<never>(() => {});
  const nonsense = (value: unknown) => async () => value as never;
  const cases: [string, RateLimitStore["admit"], string][] = [
    [
      "throws",
      () => {
        throw new Error("no connection");
      },
      "admit: no connection",
    ],
    ["rejects", () => Promise.reject(new Error("no connection")), "admit: no connection"],
    ["throws nothing", () => Promise.reject(undefined), "admit: undefined"],
    ["shows the key", () => Promise.reject(new Error(`denied to ${apiKey}`)), "admit: denied to [key]"],
    ["gives nothing", nonsense(undefined), "received undefined"],
    ["gives a text", nonsense("yes"), "received yes"],
    ["gives no permit", nonsense({ admitted: true }), "received an object"],
    ["gives no delay", nonsense({ admitted: false, window: "minute" }), "received an object"],
    ["gives an infinite delay", nonsense({ admitted: false, delay: Infinity, window: "minute" }), "received"],
    ["gives a negative delay", nonsense({ admitted: false, delay: -1, window: "minute" }), "received"],
    ["gives an unknown window", nonsense({ admitted: false, delay: 1, window: "day" }), "received an object"],
    ["takes too long", hanging, "admit: no result within 250 ms"],
  ];

  it.each(cases)("that %s", async (_, admit, message) => {
    const { client, errors } = clientOf(storeOf({ admit }));
    const page = client.listPhoneNumbers();
    await turn();
    await vi.advanceTimersByTimeAsync(250);
    expect((await page).total).toBe(0);
    expect(errors()).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ["rejects", () => Promise.reject(new Error("no connection")), "finish: no connection"],
    ["takes too long", hanging, "finish: no result within 250 ms"],
  ])("when a request ends, and that %s", async (_, finish, message) => {
    const { client, errors } = clientOf(storeOf({ finish }));
    const page = client.listPhoneNumbers();
    await turn();
    await vi.advanceTimersByTimeAsync(250);
    expect((await page).total).toBe(0);
    expect(errors()).toEqual([message]);
  });

  it("with the time that it asks for", async () => {
    const store = { ...storeOf({ admit: hanging }), timeout: 1_000 };
    const { client, errors } = clientOf(store);
    const page = client.listPhoneNumbers();
    await turn();
    await vi.advanceTimersByTimeAsync(999);
    expect(errors()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await page;
    expect(errors()).toEqual(["admit: no result within 1000 ms"]);
  });

  it("where the platform has no SHA-256", async () => {
    vi.stubGlobal("crypto", {});
    const { client, errors } = clientOf(storeOf());
    expect((await client.listPhoneNumbers()).total).toBe(0);
    expect(errors()).toHaveLength(1);
    vi.unstubAllGlobals();
  });

  it("and gets a permit back that comes too late", async () => {
    let admit = (_: typeof admitted) => {};
    const store = storeOf({ admit: () => new Promise((resolve) => (admit = resolve)) });
    const { client } = clientOf(store);
    const page = client.listPhoneNumbers();
    await turn();
    await vi.advanceTimersByTimeAsync(250);
    await page;
    expect(store.finish).not.toHaveBeenCalled();
    admit(admitted);
    await turn();
    expect(store.finish.mock.calls).toEqual([[expect.any(String), "a permit", {}]]);
  });

  it("and is asked again after a second", async () => {
    const store = failingStore();
    store.isDown = true;
    const { client, errors } = clientOf(store);
    await client.listPhoneNumbers();
    await vi.advanceTimersByTimeAsync(999);
    await client.listPhoneNumbers();
    expect(store.admit).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    await client.listPhoneNumbers();
    expect(errors()).toEqual(["admit: down", "admit: down"]);
    store.isDown = false;
    await vi.advanceTimersByTimeAsync(1_000);
    await client.listPhoneNumbers();
    await client.listPhoneNumbers();
    expect(store.finish).toHaveBeenCalledTimes(2);
    expect(errors()).toHaveLength(2);
  });
});

describe("while a store is down", () => {
  it("a client keeps to its part of the limits", async () => {
    const store = failingStore({ clients: 6 });
    const fetch = vi.fn(async () => reporting({ minute: { limit: 20, remaining: 13, reset: 20 } }));
    const { client } = clientOf(store, { maxRateLimitWait: 0, fetch });
    await client.listPhoneNumbers();
    store.isDown = true;
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => client.listPhoneNumbers()));
    // One through the store, and a sixth of 13.
    expect(fetch).toHaveBeenCalledTimes(3);
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
      "rejected",
      "rejected",
    ]);
  });

  it("what a client has sent by itself is unknown to it: when it is back, one request goes first", async () => {
    const store = failingStore();
    store.isDown = true;
    const responds: (() => void)[] = [];
    const { client } = clientOf(store, {
      fetch: () => new Promise<Response>((resolve) => responds.push(() => resolve(reporting({})))),
    });
    const before = client.listPhoneNumbers();
    await turn();
    responds.shift()?.();
    await before;
    store.isDown = false;
    await vi.advanceTimersByTimeAsync(1_000);
    const pages = Promise.all([1, 2, 3].map(() => client.listPhoneNumbers()));
    await turn();
    expect(responds).toHaveLength(1);
    responds.shift()?.();
    await turn();
    expect(responds).toHaveLength(2);
    for (const respond of responds) respond();
    await pages;
  });

  it("a call that waits for its part asks again, should the store be back", async () => {
    const store = failingStore({ clients: 6 });
    const fetch = vi.fn(async () => reporting({ minute: { limit: 20, remaining: 5, reset: 50 } }));
    const { client } = clientOf(store, { fetch });
    await client.listPhoneNumbers();
    store.isDown = true;
    const page = client.listPhoneNumbers();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(fetch).toHaveBeenCalledTimes(1);
    store.isDown = false;
    await vi.advanceTimersByTimeAsync(1_000);
    await page;
  });
});
