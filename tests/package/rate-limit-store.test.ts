// What a client does with a store in which processes share its rate limits.
import { createHash } from "node:crypto";
import type { RateLimitReport } from "instaview-phone-numbers";
import { describe, expect, it, vi } from "vitest";
import { reporting, turn } from "./fake-clock.ts";
import { rejection } from "./sandbox.ts";
import { admitted, apiKey, baseUrl, clientOf, storeOf, useFakeClockWithStores } from "./stores.ts";

useFakeClockWithStores();

describe("a store is asked for each request", () => {
  it("by an id that does not give the key away, and with a lease", async () => {
    const store = storeOf();
    const { client } = clientOf(store, { timeout: 5_000 });
    await client.listPhoneNumbers();
    await client.listPhoneNumbers();
    const id = createHash("sha256").update(`${apiKey} ${baseUrl}`).digest("hex");
    expect(store.admit.mock.calls).toEqual([
      [id, 6_000],
      [id, 6_000],
    ]);
    await clientOf(store, { baseUrl: "https://y.test" }).client.listPhoneNumbers();
    await clientOf(store, { apiKey: "sk_test_mnopqrstuvwx" }).client.listPhoneNumbers();
    expect(new Set(store.admit.mock.calls.map(([id]) => id)).size).toBe(3);
  });

  it("and gets what the response reports", async () => {
    const store = storeOf();
    const reset = Math.floor(Date.now() / 1000) + 20;
    const { client } = clientOf(store, {
      fetch: async () =>
        reporting({ minute: { remaining: 7, reset: 20 }, hour: { limit: 2_000, remaining: 9, reset: 600 } }),
    });
    await client.listPhoneNumbers();
    const report: RateLimitReport = {
      minute: { limit: 60, remaining: 7, reset, resetIn: 20_000 },
      hour: { limit: 2_000, remaining: 9, reset: reset + 580, resetIn: 600_000 },
    };
    expect(store.finish.mock.calls).toEqual([[expect.any(String), "a permit", report]]);
  });

  it("also how long a 429 wants no request, and nothing where there is no response", async () => {
    const store = storeOf();
    const responses = [
      () => reporting({ status: 429, headers: { "Retry-After": "7" } }),
      () => {
        throw new TypeError("fetch failed");
      },
    ];
    const { client } = clientOf(store, { maxRetries: 0, fetch: async () => responses.shift()?.() });
    await rejection(client.listPhoneNumbers());
    const failing = rejection(client.listPhoneNumbers());
    await vi.advanceTimersByTimeAsync(7_000);
    await failing;
    expect(store.finish.mock.calls.map(([, , report]) => report)).toEqual([{ retryAfter: 7_000 }, {}]);
  });

  it("before every attempt of a call, in turn", async () => {
    const order: string[] = [];
    const store = storeOf({
      admit: async () => {
        order.push("admit");
        return admitted;
      },
      finish: async () => void order.push("finish"),
    });
    const responses = [() => reporting({ status: 503 }), () => reporting({})];
    const { client } = clientOf(store, {
      fetch: async () => {
        order.push("fetch");
        return responses.shift()?.();
      },
    });
    const page = client.listPhoneNumbers();
    await turn();
    await vi.advanceTimersByTimeAsync(500);
    await page;
    expect(order).toEqual(["admit", "fetch", "finish", "admit", "fetch", "finish"]);
  });

  it("with the key that a function gives, once; once more after a wait", async () => {
    const decisions = [
      admitted,
      { admitted: false as const, delay: 100, window: "minute" as const },
      admitted,
    ];
    const store = storeOf({ admit: async () => decisions.shift() ?? admitted });
    const key = vi.fn(async () => apiKey);
    const { client } = clientOf(store, { apiKey: key, timeout: 5_000 });
    await client.listPhoneNumbers();
    expect(key).toHaveBeenCalledTimes(1);
    expect(store.admit.mock.calls[0]?.[1]).toBe(11_000);
    const page = client.listPhoneNumbers();
    await turn();
    await vi.advanceTimersByTimeAsync(100);
    await page;
    expect(key).toHaveBeenCalledTimes(3);
  });
});

describe("a store that refuses", () => {
  it.each(["minute", "hour", "retry-after"] as const)(
    "is asked again after its delay: %s",
    async (window) => {
      const decisions = [{ admitted: false as const, delay: 4_000, window }];
      const store = storeOf({ admit: async () => decisions.shift() ?? admitted });
      const { client, events } = clientOf(store);
      const page = client.listPhoneNumbers();
      await turn();
      expect(events).toMatchObject([{ type: "rateLimitWait", delay: 4_000, window }]);
      await vi.advanceTimersByTimeAsync(3_999);
      expect(store.admit).toHaveBeenCalledTimes(1);
      await vi.advanceTimersByTimeAsync(1);
      await page;
      expect(store.admit).toHaveBeenCalledTimes(2);
    },
  );

  it("for longer than maxRateLimitWait fails the call at once", async () => {
    const store = storeOf({ admit: async () => ({ admitted: false, delay: 5_001, window: "hour" }) });
    const { client, fetch } = clientOf(store, { maxRateLimitWait: 5_000 });
    expect(await rejection(client.listPhoneNumbers())).toMatchObject({
      type: "rate_limit",
      retryAfter: 5_001,
      attempts: 0,
    });
    expect(fetch).not.toHaveBeenCalled();
  });

  it("is asked by one call of a client, and every other one sees that it waits", async () => {
    let isOpen = false;
    const store = storeOf({
      admit: async () => (isOpen ? admitted : { admitted: false, delay: 4_000, window: "minute" }),
    });
    const { client, events } = clientOf(store);
    const pages = Promise.all([1, 2, 3].map(() => client.listPhoneNumbers()));
    await turn();
    expect(store.admit).toHaveBeenCalledTimes(1);
    expect(events).toHaveLength(3);
    isOpen = true;
    await vi.advanceTimersByTimeAsync(4_000);
    await pages;
    expect(store.admit).toHaveBeenCalledTimes(4);
  });

  it("is asked again as soon as a request in flight has ended, where it decides by that", async () => {
    const decisions = [
      admitted,
      { admitted: false as const, delay: 800, window: "minute" as const },
      admitted,
    ];
    const store = storeOf({ admit: async () => decisions.shift() ?? admitted });
    let respond = () => {};
    const { client } = clientOf(store, {
      fetch: () => new Promise<Response>((resolve) => (respond = () => resolve(reporting({})))),
    });
    const first = client.listPhoneNumbers();
    await turn();
    const second = client.listPhoneNumbers();
    await turn();
    expect(store.admit).toHaveBeenCalledTimes(2);
    respond();
    await first;
    await turn();
    expect(store.admit).toHaveBeenCalledTimes(3);
    respond();
    await second;
  });

  it("without an end counts as down after an hour", async () => {
    const store = storeOf({ admit: async () => ({ admitted: false, delay: 60_000, window: "minute" }) });
    const { client, errors } = clientOf(store);
    const page = client.listPhoneNumbers();
    await turn();
    for (let minute = 0; minute < 61; minute++) await vi.advanceTimersByTimeAsync(60_000);
    await page;
    expect(errors()).toEqual(["admit: no request let through for an hour"]);
  });
});

describe("an abort", () => {
  it("takes effect at once while the store is asked, and the permit is given back", async () => {
    let admit = (_: typeof admitted) => {};
    const store = storeOf({ admit: () => new Promise((resolve) => (admit = resolve)) });
    const { client } = clientOf(store);
    const controller = new AbortController();
    const call = rejection(client.listPhoneNumbers({}, { signal: controller.signal }));
    await turn();
    controller.abort("left");
    expect(await call).toBe("left");
    admit(admitted);
    await turn();
    expect(store.finish.mock.calls).toEqual([[expect.any(String), "a permit", {}]]);
  });

  it("of the request tells the store that it has ended", async () => {
    const store = storeOf();
    const { client } = clientOf(store, { fetch: () => new Promise(() => {}) });
    const controller = new AbortController();
    const call = rejection(client.listPhoneNumbers({}, { signal: controller.signal }));
    await turn();
    controller.abort("left");
    expect(await call).toBe("left");
    expect(store.finish.mock.calls).toEqual([[expect.any(String), "a permit", {}]]);
  });
});

it.each([[null], [{}], [{ admit: () => {} }], ["redis"], [{ admit: 1, finish: 2 }]])(
  "what is no store is refused: %j",
  async (rateLimitStore) => {
    const { client } = clientOf(rateLimitStore as never);
    expect(await rejection(client.listPhoneNumbers())).toMatchObject({
      type: "invalid_argument",
      issues: [{ path: "rateLimitStore", expected: "an object with the methods `admit` and `finish`" }],
    });
  },
);
