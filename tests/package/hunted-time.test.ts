// What a hunt through time and flow found.
import {
  type ClientEvent,
  findPhoneNumber,
  InstaViewClient,
  listAllPhoneNumbers,
  type PhoneNumberListing,
} from "instaview-phone-numbers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { reporting, turn, useFakeClock } from "./fake-clock.ts";
import { phoneNumbers } from "./model-server.ts";
import { rejection } from "./sandbox.ts";

useFakeClock();

const options = { apiKey: "sk_test_abcdefghijkl", baseUrl: "https://x.test" };

it("a call that waits for a window says so once, whatever becomes of the calls behind it", async () => {
  const delays: number[] = [];
  const client = new InstaViewClient({
    ...options,
    fetch: async () => reporting({ minute: { limit: 1, remaining: 0, reset: 20 } }),
  });
  await client.listPhoneNumbers();
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

it("nothing is requested after return(), where it is called from the listener of a change", async () => {
  const asked: number[] = [];
  let leave = () => {};
  const numbers = phoneNumbers(6);
  const pages = listAllPhoneNumbers({
    ...options,
    limit: 2,
    fetch: async (url: string) => {
      const page = Number(new URL(url).searchParams.get("page"));
      asked.push(page);
      const data = numbers.slice((page - 1) * 2, page * 2);
      return Response.json({ data, total: page === 1 ? 7 : 6, page, limit: 2, totalPages: 3 });
    },
    onEvent: ({ type }) => type === "listingChanged" && leave(),
  }).pages();
  await pages.next();
  const nexts = [pages.next(), pages.next()];
  leave = () => void pages.return?.();
  await Promise.all(nexts);
  expect(asked).toEqual([1, 2]);
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
  const client = new InstaViewClient({
    ...options,
    fetch: async () => reporting({ minute: { limit: 60, remaining: 0, reset: 20 } }),
  });
  await client.listPhoneNumbers();
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

it.each([
  ["toArray", (listing: PhoneNumberListing) => listing.toArray()],
  [
    "pages",
    async (listing: PhoneNumberListing) => {
      for await (const _ of listing.pages());
    },
  ],
])("an abort in the listener of a change ends the listing: %s", async (_, read) => {
  const controller = new AbortController();
  const numbers = phoneNumbers(4);
  const listing = listAllPhoneNumbers({
    ...options,
    limit: 2,
    signal: controller.signal,
    fetch: async (url: string) => {
      const page = Number(new URL(url).searchParams.get("page"));
      const data = numbers.slice((page - 1) * 2, page * 2);
      return Response.json({ data, total: page === 1 ? 3 : 4, page, limit: 2, totalPages: 2 });
    },
    onEvent: ({ type }) => type === "listingChanged" && controller.abort("changed"),
  });
  expect(await rejection(read(listing))).toBe("changed");
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

describe("while the core is loaded", () => {
  let load = () => {};
  beforeEach(() => {
    vi.useRealTimers();
    vi.resetModules();
    const instantiate = WebAssembly.instantiate as (...args: unknown[]) => Promise<unknown>;
    vi.spyOn(WebAssembly, "instantiate").mockImplementation(async (...args: unknown[]) => {
      // A slow device, or a debugger.
      await new Promise<void>((resolve) => (load = resolve));
      return (await instantiate(...args)) as never;
    });
  });

  const settledWithin50Ms = (promise: Promise<unknown>) =>
    Promise.race([
      promise.catch((reason) => reason),
      new Promise((resolve) => setTimeout(resolve, 50, "nothing")),
    ]);

  it("an abort takes effect at once", async () => {
    const { listPhoneNumbers } = await import("instaview-phone-numbers");
    const controller = new AbortController();
    const call = listPhoneNumbers({ ...options, signal: controller.signal });
    controller.abort("left");
    expect(await settledWithin50Ms(call)).toBe("left");
    load();
  });

  it("return() ends a listing at once", async () => {
    const { listAllPhoneNumbers } = await import("instaview-phone-numbers");
    const pages = listAllPhoneNumbers(options).pages();
    void pages.next();
    expect(await settledWithin50Ms(pages.return?.() as Promise<unknown>)).toEqual({
      done: true,
      value: undefined,
    });
    load();
  });

  const fetch = async () => Response.json({ data: [], total: 0, page: 1, limit: 20, totalPages: 0 });
  /** The first call of a package that is loaded without delay. */
  const first = async () => {
    vi.restoreAllMocks();
    return (await import("instaview-phone-numbers")).listPhoneNumbers;
  };

  it("what lacks removeEventListener is an invalid argument for the first call too", async () => {
    const listPhoneNumbers = await first();
    const signal = { aborted: false, addEventListener() {} } as never;
    expect(await rejection(listPhoneNumbers({ ...options, fetch, signal }))).toMatchObject({
      type: "invalid_argument",
    });
  });

  it("a signal whose listener cannot be removed does not fail the first call", async () => {
    const listPhoneNumbers = await first();
    const signal = {
      aborted: false,
      addEventListener() {},
      removeEventListener() {
        throw new Error("foreign");
      },
    } as never;
    await listPhoneNumbers({ ...options, fetch, signal });
  });

  it("a reason that throws is no uncaught exception", async () => {
    const listPhoneNumbers = await first();
    const uncaught: unknown[] = [];
    const listener = (error: unknown) => void uncaught.push(error);
    process.prependListener("uncaughtException", listener);
    const controller = new AbortController();
    Object.defineProperty(controller.signal, "reason", {
      get() {
        throw new Error("reason");
      },
    });
    const call = rejection(listPhoneNumbers({ ...options, fetch, signal: controller.signal }));
    controller.abort();
    await call;
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("uncaughtException", listener);
    expect(uncaught).toEqual([]);
  });

  it("many first calls with one signal cause no warning", async () => {
    const listPhoneNumbers = await first();
    const warnings: string[] = [];
    const listener = ({ name }: Error) => void warnings.push(name);
    process.on("warning", listener);
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 20 }, () => listPhoneNumbers({ ...options, fetch, signal })));
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("warning", listener);
    expect(warnings).toEqual([]);
  });
});

it("the failure of a listing that changed has the attempts that were made", async () => {
  let requests = 0;
  vi.spyOn(Math, "random").mockReturnValue(0);
  const listing = listAllPhoneNumbers({
    ...options,
    fetch: async () => {
      if (++requests < 3) return reporting({ status: 503 });
      return reporting({ body: { data: [], total: 0, page: 2, limit: 100, totalPages: 0 } });
    },
  });
  const failed = rejection(listing.toArray());
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await failed).toMatchObject({ type: "listing_changed", attempts: 3 });
});

it("an abort in `where` ends the search, at the last number too", async () => {
  const outcomes = [0, 1].map(async (index) => {
    const controller = new AbortController();
    const data = phoneNumbers(2);
    const search = findPhoneNumber(
      {
        where: ({ id }) => {
          if (id === data[index]?.id) controller.abort("left");
          return false;
        },
      },
      {
        ...options,
        signal: controller.signal,
        fetch: async () => Response.json({ data, total: 2, page: 1, limit: 100, totalPages: 1 }),
      },
    );
    return await search.catch((reason) => reason);
  });
  expect(await Promise.all(outcomes)).toEqual(["left", "left"]);
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
