// How the calls of one client wait for its rate limit, in turn.
import { type ClientEvent, InstaViewClient } from "instaview-phone-numbers";
import { expect, it, vi } from "vitest";
import { reporting, turn, useFakeClock } from "./fake-clock.ts";
import { rejection } from "./sandbox.ts";

useFakeClock();

const options = { apiKey: "sk_test_abcdefghijkl", baseUrl: "https://x.test" };

/** A client whose minute is used up, for 20 s. */
async function usedUpClient(limit: number): Promise<InstaViewClient> {
  const minute = { limit, remaining: 0, reset: 20 };
  const client = new InstaViewClient({ ...options, fetch: async () => reporting({ minute }) });
  await client.listPhoneNumbers();
  return client;
}

it("a call that waits for a window says so once, whatever becomes of the calls behind it", async () => {
  const delays: number[] = [];
  const client = await usedUpClient(1);
  const onEvent = (event: ClientEvent) => void (event.type === "rateLimitWait" && delays.push(event.delay));
  const first = client.listPhoneNumbers({}, { onEvent });
  await turn();
  const controllers = Array.from({ length: 5 }, () => new AbortController());
  const others = controllers.map(({ signal }) => rejection(client.listPhoneNumbers({}, { signal })));
  await turn();
  for (const controller of controllers) {
    await vi.advanceTimersByTimeAsync(1_000);
    controller.abort("left");
  }
  expect(await Promise.all(others)).toEqual(others.map(() => "left"));
  await vi.advanceTimersByTimeAsync(20_000);
  await first;
  expect(delays).toEqual([20_000]);
});

it("no event of a wait comes after an abort in the listener of a retry", async () => {
  const events: string[] = [];
  const controller = new AbortController();
  const client = new InstaViewClient({
    ...options,
    fetch: async () => reporting({ status: 429, headers: { "Retry-After": "1" } }),
    onEvent: ({ type }) => {
      events.push(type);
      if (type === "retry") controller.abort("left");
    },
  });
  expect(await rejection(client.listPhoneNumbers({}, { signal: controller.signal }))).toBe("left");
  expect(events).toEqual(["request", "response", "retry"]);
});

it("every call that waits for a window sees that it waits", async () => {
  const waits: number[] = [];
  const client = await usedUpClient(60);
  const calls = [0, 1, 2].map(async (index) => {
    const onEvent = ({ type }: ClientEvent) => void (type === "rateLimitWait" && waits.push(index));
    await client.listPhoneNumbers({}, { onEvent });
  });
  await vi.advanceTimersByTimeAsync(20_000);
  await Promise.all(calls);
  expect(waits.sort()).toEqual([0, 1, 2]);
});

it.each([
  ["minute", 60, 60],
  ["hour", 500, 3_600],
] as const)(
  "requests of long ago count against no window that a later report begins: the %s",
  async (name, limit, reset) => {
    const unreported = async () => reporting({ status: 502 });
    let fetch: () => Promise<Response> = unreported;
    const client = new InstaViewClient({ ...options, maxRetries: 0, fetch: () => fetch() });
    // No response reports this window, as those of a gateway that stands in for the API.
    await Promise.all(Array.from({ length: limit }, () => rejection(client.listPhoneNumbers())));
    await vi.advanceTimersByTimeAsync(7_200_000);
    // Of two requests that are under way together, one still gets such a response before the other gets the API's own.
    let respond = (_: Response) => {};
    fetch = () => new Promise((resolve) => (respond = resolve));
    const succeeding = client.listPhoneNumbers();
    await turn();
    fetch = unreported;
    await rejection(client.listPhoneNumbers());
    respond(reporting({ [name]: { limit, remaining: limit - 1, reset } }));
    await succeeding;
    expect(client.rateLimit?.[name]?.remaining).toBe(limit - 1);
    // One of those that remain may be spent.
    fetch = async () => reporting({ [name]: { limit, remaining: limit - 3, reset } });
    const types: string[] = [];
    const call = client.listPhoneNumbers({}, { onEvent: ({ type }) => types.push(type) });
    call.catch(() => {});
    await turn();
    expect(types).toEqual(["request", "response"]);
    await call;
  },
);

it("a request that waited for its key is sent in no window that a response has meanwhile said to be used up", async () => {
  let [used, refused] = [0, 0];
  const keys: ((key: string) => void)[] = [];
  const client = new InstaViewClient({
    ...options,
    apiKey: () => new Promise<string>((resolve) => keys.push(resolve)),
    fetch: async () => {
      const minute = { limit: 1, remaining: 0, reset: 20 };
      if (used++ > 0) refused++;
      return used > 1 && performance.now() < 20_000
        ? reporting({ status: 429, minute })
        : reporting({ minute });
    },
  });
  const calls = [client.listPhoneNumbers(), client.listPhoneNumbers()];
  await turn();
  keys[0]?.("sk_test_abcdefghijkl");
  await calls[0];
  expect(client.rateLimit?.minute?.remaining).toBe(0);
  keys[1]?.("sk_test_abcdefghijkl");
  await turn();
  expect(refused).toBe(0);
  calls[1]?.catch(() => {});
});

it("a call does not fail for the hour while the last request of it is held by a call that may not send it", async () => {
  let [isFirst, fail] = [true, () => {}];
  const client = new InstaViewClient({
    ...options,
    apiKey: () => {
      if (isFirst) return "sk_test_abcdefghijkl";
      isFirst = true;
      return new Promise<string>((_, reject) => (fail = () => reject(new Error("no token"))));
    },
    fetch: async () => reporting({ hour: { limit: 2_000, remaining: 1, reset: 1_800 } }),
  });
  await client.listPhoneNumbers();
  isFirst = false;
  const holding = rejection(client.listPhoneNumbers());
  await turn();
  const other = client.listPhoneNumbers();
  const outcome = other.then(
    () => "a page",
    ({ type, retryAfter }) => `${type} ${retryAfter}`,
  );
  await turn();
  fail();
  await holding;
  expect(await outcome).toBe("a page");
});

it("a call does not fail for the hour while requests are in flight that the report includes already", async () => {
  const responds: (() => void)[] = [];
  const hour = { limit: 2_000, remaining: 2, reset: 1_800 };
  const client = new InstaViewClient({
    ...options,
    fetch: () => new Promise<Response>((resolve) => responds.push(() => resolve(reporting({ hour })))),
  });
  const calls = Array.from({ length: 3 }, () => client.listPhoneNumbers());
  await turn();
  // The server has counted all three, and its responses are on their way.
  responds[0]?.();
  await calls[0];
  const outcome = client.listPhoneNumbers().then(
    () => "a page",
    ({ type, retryAfter, rateLimit }) => `${type} ${retryAfter}, ${rateLimit?.hour?.remaining} remaining`,
  );
  await turn();
  for (let next = 1; next < 4; next++) {
    responds[next]?.();
    await turn();
  }
  expect(await outcome).toBe("a page");
});

it("a call that waits for a window says so once, though whole seconds make two reports of its reset differ", async () => {
  const delays: number[] = [];
  const responds: ((response: Response) => void)[] = [];
  const client = new InstaViewClient({
    ...options,
    fetch: () => new Promise<Response>((resolve) => responds.push(resolve)),
    onEvent: (event) => void (event.type === "rateLimitWait" && delays.push(event.delay)),
  });
  await vi.advanceTimersByTimeAsync(900);
  const calls = [client.listPhoneNumbers()];
  await turn();
  // The same moment, in whole seconds of a clock that shows 0 and then 1.
  responds[0]?.(reporting({ minute: { limit: 3, remaining: 2, reset: 60 } }));
  await calls[0];
  for (let more = 0; more < 3; more++) calls.push(client.listPhoneNumbers());
  await vi.advanceTimersByTimeAsync(100);
  responds[1]?.(reporting({ minute: { limit: 3, remaining: 1, reset: 59 } }));
  await calls[1];
  await turn();
  expect(delays).toEqual([60_000]);
});

it("no request is sent before its window is over, where a timer fires a little too early as those of Node do", async () => {
  const sent: number[] = [];
  const client = new InstaViewClient({
    ...options,
    fetch: async () => {
      sent.push(performance.now());
      return reporting({ minute: { limit: 1, remaining: 0, reset: 20 } });
    },
  });
  await client.listPhoneNumbers();
  const [start = 0] = sent;
  const call = client.listPhoneNumbers();
  await turn();
  const now = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => now() - 0.9);
  await vi.advanceTimersByTimeAsync(20_002);
  await call;
  expect((sent[1] ?? 0) - start).toBeGreaterThanOrEqual(20_000);
});

it("a call that waits fails as soon as a response says that it would have to wait for too long", async () => {
  const responds: ((response: Response) => void)[] = [];
  const client = new InstaViewClient({
    ...options,
    fetch: () => new Promise<Response>((resolve) => responds.push(resolve)),
  });
  const first = client.listPhoneNumbers();
  await turn();
  responds[0]?.(
    reporting({ minute: { remaining: 1, reset: 40 }, hour: { limit: 500, remaining: 9, reset: 1_800 } }),
  );
  await first;
  const second = client.listPhoneNumbers();
  let failure: unknown;
  void rejection(client.listPhoneNumbers()).then((error) => {
    failure = error;
  });
  await turn();
  // Other processes use the key too.
  responds[1]?.(
    reporting({ minute: { remaining: 0, reset: 40 }, hour: { limit: 500, remaining: 0, reset: 1_800 } }),
  );
  await second;
  await turn();
  expect(failure).toMatchObject({ type: "rate_limit", retryAfter: 1_800_000 });
});

it("an outage does not use up the hour: once the API is back, a request is tried", async () => {
  const hour = { limit: 500, remaining: 499, reset: 3_600 };
  let fetch = async () => reporting({ hour });
  const client = new InstaViewClient({ ...options, maxRetries: 0, fetch: () => fetch() });
  await client.listPhoneNumbers();
  fetch = async () => {
    throw Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } });
  };
  for (let request = 0; request < 499; request++) await rejection(client.listPhoneNumbers());
  await vi.advanceTimersByTimeAsync(600_000);
  // The server has counted none of them.
  fetch = async () => reporting({ hour: { ...hour, remaining: 498, reset: 3_000 } });
  const outcome = await client.listPhoneNumbers().then(
    () => "a page",
    ({ type, retryAfter }) => `${type} ${retryAfter}`,
  );
  expect(outcome).toBe("a page");
});

it("a call whose permit lapsed while it waited for its key keeps its turn", async () => {
  let resolveSlow = (_: string) => {};
  let keys = 0;
  const sent: string[] = [];
  const client = new InstaViewClient({
    ...options,
    maxRateLimitWait: 3_600_000,
    apiKey: () => {
      keys++;
      return keys === 1 ? new Promise<string>((resolve) => (resolveSlow = resolve)) : "sk_test_abcdefghijkl";
    },
    fetch: async () => reporting({ minute: { limit: 1, remaining: 0, reset: 60 } }),
  });
  const call = (name: string) =>
    client.listPhoneNumbers({}, { onEvent: ({ type }) => void (type === "request" && sent.push(name)) });
  const calls = [call("first")];
  await turn();
  calls.push(call("second"));
  await turn();
  for (const name of ["third", "fourth", "fifth"]) calls.push(call(name));
  await turn();
  resolveSlow("sk_test_abcdefghijkl");
  await turn();
  await vi.advanceTimersByTimeAsync(300_000);
  await Promise.all(calls);
  expect(sent).toEqual(["second", "first", "third", "fourth", "fifth"]);
});

it("one window end is announced once, also where a permit lapses", async () => {
  const waits: [number, string][] = [];
  const keys: ((key: string) => void)[] = [];
  const responds: ((response: Response) => void)[] = [];
  const client = new InstaViewClient({
    ...options,
    apiKey: () => new Promise<string>((resolve) => keys.push(resolve)),
    fetch: () => new Promise<Response>((resolve) => responds.push(resolve)),
  });
  const key = "sk_test_abcdefghijkl";
  const first = client.listPhoneNumbers();
  await turn();
  keys.shift()?.(key);
  await turn();
  responds.shift()?.(reporting({ minute: { limit: 9, remaining: 2, reset: 40 } }));
  await first;
  const onEvent = (event: ClientEvent) =>
    void (event.type === "rateLimitWait" && waits.push([event.delay, event.window]));
  const calls = [
    client.listPhoneNumbers(),
    client.listPhoneNumbers(),
    client.listPhoneNumbers({}, { onEvent }),
  ];
  await turn();
  // The third waits behind the two in flight.
  expect(waits).toEqual([[40_000, "minute"]]);
  keys.shift()?.(key);
  keys.shift()?.(key);
  await turn();
  // One response already includes neither the other: the third is let through, and asks for its key.
  responds.shift()?.(reporting({ minute: { limit: 9, remaining: 2, reset: 40 } }));
  await turn();
  expect(keys).toHaveLength(1);
  // The other one says that nothing is left.
  responds.shift()?.(reporting({ minute: { limit: 9, remaining: 0, reset: 40 } }));
  await turn();
  keys.shift()?.(key);
  await turn();
  await vi.advanceTimersByTimeAsync(40_000);
  keys.shift()?.(key);
  await turn();
  responds.shift()?.(reporting({ minute: { limit: 9, remaining: 8, reset: 60 } }));
  await Promise.all(calls);
  expect(waits).toEqual([[40_000, "minute"]]);
});

it("a listing, which is one call, announces one wait once, however many of its pages wait", async () => {
  const waits: unknown[] = [];
  let sent = 0;
  const client = new InstaViewClient({
    ...options,
    fetch: async (url: string) => {
      const page = Number(new URL(url).searchParams.get("page"));
      const remaining = Math.max(0, (sent++ < 1 ? 1 : 10) - 1);
      return reporting({
        minute: { limit: 10, remaining, reset: 30 },
        body: { data: [], total: 4, page, limit: 1, totalPages: 4 },
      });
    },
  });
  const all = client.listAllPhoneNumbers(
    { limit: 1, concurrency: 3 },
    { onEvent: (event) => void (event.type === "rateLimitWait" && waits.push([event.callId, event.delay])) },
  );
  const read = all.toArray().catch(() => {});
  await vi.advanceTimersByTimeAsync(70_000);
  await read;
  expect(waits).toHaveLength(1);
});
