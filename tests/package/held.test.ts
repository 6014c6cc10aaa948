// Nothing is held: after 100,000 calls of every outcome, the core and the heap are as after 100.
import type { ClientEvent, ListPhoneNumbersOptions, RequestOptions } from "instaview-phone-numbers";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { CoreWatch, heapInUse } from "../soak/held.ts";

let { InstaViewClient, listAllPhoneNumbers, listPhoneNumbers } =
  {} as typeof import("instaview-phone-numbers");

const core = new CoreWatch();
beforeAll(() =>
  core.during(async () => {
    vi.resetModules();
    ({ InstaViewClient, listAllPhoneNumbers, listPhoneNumbers } = await import("instaview-phone-numbers"));
    await listPhoneNumbers(options);
  }),
);

/** Timers that nobody waits for: short ones fire at once, the others never do. */
const timers = new Map<number, () => void>();
let lastTimer = 0;

beforeEach(() => {
  vi.stubGlobal("setTimeout", (callback: () => void, milliseconds: number) => {
    const timer = ++lastTimer;
    timers.set(timer, callback);
    if (milliseconds <= 1) setImmediate(() => timers.get(timer)?.());
    return timer;
  });
  vi.stubGlobal("clearTimeout", (timer: number) => timers.delete(timer));
  // A backoff of no time.
  Math.random = () => 0;
});
const { random } = Math;
afterEach(() => {
  vi.unstubAllGlobals();
  Math.random = random;
});

const page = JSON.stringify({ data: [{ id: "1" }], total: 1, page: 1, limit: 1, totalPages: 1 });
const options = {
  baseUrl: "https://api.example",
  maxRetries: 0,
  validation: "lenient",
  fetch: respond,
} as const;

async function respond() {
  return new Response(page, { headers: { "X-Request-Id": "req_1" } });
}

const arrayBuffer = async () => new TextEncoder().encode(page).buffer;

const never = () => new Promise<never>(() => {});

const endless = async () =>
  new Response(
    new ReadableStream({
      start: (controller) => controller.enqueue(Uint8Array.of(0x7b)),
    }),
  );

/** Aborts a call in this phase of it, and a microtask later. */
function abortedAt(type: ClientEvent["type"]): RequestOptions {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    onEvent: (event) => {
      if (event.type === type) queueMicrotask(() => controller.abort());
    },
  };
}

const outlivingSignal = new AbortController().signal;

let pacedClient: InstanceType<typeof InstaViewClient> | undefined;

/** A client whose rate limit leaves no request for half an hour. */
async function paced() {
  if (pacedClient) return pacedClient;
  const headers = {
    "X-RateLimit-Limit-Hour": "500",
    "X-RateLimit-Remaining-Hour": "0",
    "X-RateLimit-Reset-Hour": `${Math.floor(Date.now() / 1000) + 1800}`,
  };
  const fetch = async () => new Response(page, { headers });
  pacedClient = new InstaViewClient({ ...options, fetch, maxRateLimitWait: 3_600_000 });
  await pacedClient.listPhoneNumbers();
  return pacedClient;
}

const failing = (status: number, retryAfter?: string) => async () =>
  Response.json(
    { error: { code: "CODE", message: "message", details: { more: [1] } } },
    { status, ...(retryAfter && { headers: { "Retry-After": retryAfter } }) },
  );

/** The options of a call with each outcome, or the call. */
const outcomes: Record<string, () => Partial<ListPhoneNumbersOptions> | Promise<unknown>> = {
  page: () => ({}),
  "page, with everything that can be given": () => ({
    apiKey: async () => "sk_test_1",
    headers: { "x-a": "1" },
    onEvent: () => {},
    signal: outlivingSignal,
  }),
  "page of a retry": () => {
    let fetch: () => Promise<Response> = failing(503);
    return {
      maxRetries: 1,
      fetch: () => {
        const response = fetch();
        fetch = respond;
        return response;
      },
    };
  },
  "error of the API": () => ({ fetch: failing(404) }),
  "no retry, because it would be too late": () => ({ fetch: failing(429, "9999"), maxRetries: 1 }),
  "error of a gateway": () => ({ fetch: async () => new Response("<html>", { status: 502 }) }),
  "invalid response": () => ({ fetch: async () => new Response("<html>") }),
  "no response": () => ({ fetch: async () => Promise.reject(new TypeError("fetch failed")) }),
  "fetch that throws": () => ({
    fetch: () => {
      throw new Error("broken");
    },
  }),
  "body that was read already": () => ({
    fetch: async () => {
      const response = new Response(page);
      void response.text();
      return response;
    },
  }),
  "body whose chunks are none": () => ({
    fetch: async () =>
      ({
        status: 200,
        headers: new Headers(),
        body: { getReader: () => ({ read: async () => 7, cancel() {} }) },
      }) as never,
  }),
  "body as a buffer": () => ({
    fetch: (async () => ({ status: 200, headers: new Headers(), body: {}, arrayBuffer })) as never,
  }),
  "body as a buffer that breaks off": () => ({
    fetch: (async () => ({
      status: 200,
      headers: new Headers(),
      body: {},
      arrayBuffer: () => {
        throw new Error("reset");
      },
    })) as never,
  }),
  "body that breaks off": () => ({
    fetch: async () =>
      new Response(new ReadableStream({ pull: (controller) => controller.error(new Error("reset")) })),
  }),
  "wrong arguments": () => ({ page: 0, limit: 1.5 }),
  "wrong URL": () => ({ baseUrl: "//" }),
  "key function that fails": () => ({ apiKey: () => Promise.reject(new Error("sealed")) }),
  "key function that throws": () => ({
    apiKey: () => {
      throw new Error("sealed");
    },
  }),
  "key that is none": () => ({ apiKey: (() => 7) as never }),
  "abort before": () => ({ signal: AbortSignal.abort() }),
  "abort of a fetch": () => ({
    ...abortedAt("request"),
    fetch: (_, { signal }) =>
      new Promise((_, reject) =>
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true }),
      ),
  }),
  "abort of a fetch that never settles": () => ({ ...abortedAt("request"), fetch: never }),
  "abort of a body that never ends": () => ({ ...abortedAt("response"), fetch: endless }),
  "abort of the wait for a retry": () => ({
    ...abortedAt("retry"),
    maxRetries: 1,
    fetch: failing(503, "9"),
  }),
  "abort of the wait for a key": () => {
    const controller = new AbortController();
    const apiKey = () => {
      queueMicrotask(() => controller.abort());
      return never();
    };
    return { apiKey, signal: controller.signal };
  },
  "abort of the wait for the rate limit": async () =>
    (await paced()).listPhoneNumbers({}, abortedAt("rateLimitWait")),
  "timeout of a fetch that never settles": () => ({ timeout: 1, fetch: never }),
  "timeout of a body that never ends": () => ({ timeout: 1, fetch: endless }),
  "timeout of a key": () => ({ timeout: 1, apiKey: never }),
};
/** Calls of every outcome at once, again and again. */
async function makeCalls(count: number) {
  const makers = Object.values(outcomes);
  for (let made = 0; made < count; made += makers.length) {
    const calls = makers.map((make) => {
      const call = make();
      return call instanceof Promise ? call : listPhoneNumbers({ ...options, ...call } as never);
    });
    await Promise.allSettled(calls);
  }
}

const inUse = async () => ({ heap: await heapInUse(), core: core.use });

it("every outcome is what it is called", async () => {
  const settled: Record<string, string> = {};
  for (const [name, make] of Object.entries(outcomes)) {
    const call = make();
    const promise = call instanceof Promise ? call : listPhoneNumbers({ ...options, ...call } as never);
    settled[name] = await promise.then(
      () => "page",
      (error) => error.type ?? error.name,
    );
  }
  expect(settled).toMatchInlineSnapshot(`
    {
      "abort before": "AbortError",
      "abort of a body that never ends": "AbortError",
      "abort of a fetch": "AbortError",
      "abort of a fetch that never settles": "AbortError",
      "abort of the wait for a key": "AbortError",
      "abort of the wait for a retry": "AbortError",
      "abort of the wait for the rate limit": "AbortError",
      "body as a buffer": "page",
      "body as a buffer that breaks off": "connection",
      "body that breaks off": "connection",
      "body that was read already": "invalid_response",
      "body whose chunks are none": "connection",
      "error of a gateway": "server",
      "error of the API": "not_found",
      "fetch that throws": "connection",
      "invalid response": "invalid_response",
      "key function that fails": "configuration",
      "key function that throws": "configuration",
      "key that is none": "configuration",
      "no response": "connection",
      "no retry, because it would be too late": "rate_limit",
      "page": "page",
      "page of a retry": "page",
      "page, with everything that can be given": "page",
      "timeout of a body that never ends": "timeout",
      "timeout of a fetch that never settles": "timeout",
      "timeout of a key": "timeout",
      "wrong URL": "invalid_argument",
      "wrong arguments": "invalid_argument",
    }
  `);
});

it("after 100,000 calls of every outcome, nothing is held that was not after 100", async () => {
  await makeCalls(100);
  const first = await inUse();
  await makeCalls(99_900);
  const last = await inUse();
  expect(last.core).toEqual(first.core);
  // What the engine has compiled meanwhile; a byte more for every call would be a tenth of it.
  expect(last.heap - first.heap).toBeLessThan(1_000_000);
  expect(timers.size).toBe(0);
}, 60_000);

it("clients and listings that nobody holds are freed", async () => {
  const listing = () => listAllPhoneNumbers({ ...options, onEvent: () => {} });
  const use = async (count: number) => {
    for (let used = 0; used < count; used++) {
      await new InstaViewClient({ ...options, onEvent: () => {} }).listPhoneNumbers();
      await listing().toArray();
      await listing()[Symbol.asyncIterator]().next();
      // A collection now and then: clients and listings wait for it.
      if (used % 200 === 0) await inUse();
    }
    return await inUse();
  };
  const first = await use(400);
  const last = await use(2_000);
  expect(last.core).toEqual(first.core);
  expect(last.heap - first.heap).toBeLessThan(1_000_000);
}, 60_000);
