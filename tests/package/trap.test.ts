import type { ClientEvent, ListPhoneNumbersOptions, PhoneNumberPage } from "instaview-phone-numbers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { rejection } from "./sandbox.ts";

// Built with the feature `trap`: the core aborts where `globalThis.trapAt` says, as only a defect would make it.
let { InstaViewClient, listAllPhoneNumbers, listPhoneNumbers } =
  {} as typeof import("instaview-phone-numbers");
beforeAll(async () => {
  const path = "../../target/trapping/index.js";
  ({ InstaViewClient, listAllPhoneNumbers, listPhoneNumbers } = await import(path));
});

const internal = { name: "InstaViewError", type: "internal", cause: expect.any(WebAssembly.RuntimeError) };

/** Of a listing of two pages, with one number on each. */
function pageOf(url: string): PhoneNumberPage {
  const page = Number(new URL(url).searchParams.get("page") ?? 1);
  const texts = { number: "+1", companyId: "c", capabilities: "OUTBOUND", provider: "TWILIO" };
  const others = { status: "AVAILABLE", numberType: "LOCAL", createdAt: "t", updatedAt: "t", custom: false };
  const data = [{ id: `id of ${page}`, ...texts, ...others }];
  return { data, total: 2, page, limit: 1, totalPages: 2, hasNextPage: page < 2 };
}

const respond = async (url: string) => Response.json(pageOf(url));
const untilAborted = (_: string, { signal }: RequestInit) =>
  new Promise<Response>((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
const options = { baseUrl: "https://api.example", maxRetries: 0, fetch: respond };

/** Turns of the event loop, in which timers and promises run. */
async function turns() {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Those of the core: all callbacks that it ever gave, and the timers that have neither fired nor been cleared. */
const callbacks: (() => void)[] = [];
const timers = new Set<unknown>();
const uncaught: unknown[] = [];
const onUncaught = (error: unknown) => void uncaught.push(error);

beforeEach(() => {
  for (const list of [callbacks, uncaught]) list.length = 0;
  timers.clear();
  const { setTimeout, clearTimeout } = globalThis;
  vi.stubGlobal("setTimeout", (callback: () => void, milliseconds: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      callback();
    }, milliseconds);
    timers.add(timer);
    callbacks.push(callback);
    return timer;
  });
  vi.stubGlobal("clearTimeout", (timer: ReturnType<typeof setTimeout>) => {
    timers.delete(timer);
    clearTimeout(timer);
  });
  // Retries are not waited for.
  vi.spyOn(Math, "random").mockReturnValue(0);
  process.on("unhandledRejection", onUncaught).on("uncaughtException", onUncaught);
});

afterEach(() => {
  process.off("unhandledRejection", onUncaught).off("uncaughtException", onUncaught);
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A signal that shows its listeners, and keeps those that were removed, too. */
class WatchedSignal {
  aborted = false;
  reason: unknown;
  readonly added: (() => void)[] = [];
  readonly listeners = new Set<() => void>();

  addEventListener(_: string, listener: () => void) {
    this.added.push(listener);
    this.listeners.add(listener);
  }
  removeEventListener(_: string, listener: () => void) {
    this.listeners.delete(listener);
  }
  abort() {
    this.aborted = true;
    for (const listener of this.listeners) listener();
  }
}

/** Traps at this site while an action runs. */
async function trapping<T>(site: string, act: () => Promise<T>): Promise<T> {
  vi.stubGlobal("trapAt", site);
  try {
    return await act();
  } finally {
    vi.stubGlobal("trapAt", undefined);
  }
}

/** Calls that enter the core where it traps. They get options of one attempt, with a signal that they may abort. */
type Provoke = (given: ListPhoneNumbersOptions & typeof options, abort: () => void) => Promise<unknown>;

const rateLimited = (remaining: number) => {
  const now = Math.floor(Date.now() / 1000);
  return {
    date: new Date(now * 1000).toUTCString(),
    "x-ratelimit-limit-minute": "60",
    "x-ratelimit-remaining-minute": `${remaining}`,
    "x-ratelimit-reset-minute": `${now + 1}`,
  };
};

const sites: [what: string, site: string, provoke: Provoke][] = [
  ["a call", "call", (given) => listPhoneNumbers(given)],
  [
    "the constructor of a client",
    "client",
    ({ signal, ...given }) => new InstaViewClient(given).listPhoneNumbers({}, { signal }),
  ],
  [
    "a client's call",
    "client's call",
    ({ signal, ...given }) => new InstaViewClient(given).listPhoneNumbers({}, { signal }),
  ],
  ["a listing that is opened", "listing", (given) => listAllPhoneNumbers(given).toArray()],
  ["a listing's page", "listing's page", (given) => listAllPhoneNumbers(given).toArray()],
  ["the promise of a key", "key", (given) => listPhoneNumbers({ ...given, apiKey: async () => "sk_test_1" })],
  ["the promise of fetch", "response", (given) => listPhoneNumbers(given)],
  [
    "a fetch that failed",
    "response",
    (given) => listPhoneNumbers({ ...given, fetch: () => Promise.reject(new Error("reset")) }),
  ],
  ["a chunk of a body", "chunk", (given) => listPhoneNumbers(given)],
  [
    "a body as a buffer",
    "chunk",
    (given) => {
      const arrayBuffer = async () => new ArrayBuffer(1);
      const fetch = async () => ({ status: 200, headers: new Headers(), body: {}, arrayBuffer });
      return listPhoneNumbers({ ...given, fetch: fetch as never });
    },
  ],
  ["the decoder", "page", (given) => listPhoneNumbers(given)],
  [
    "the timer of a deadline",
    "deadline",
    (given) => listPhoneNumbers({ ...given, fetch: untilAborted, timeout: 5 }),
  ],
  [
    "the timer of a deadline of a key",
    "deadline",
    (given) => listPhoneNumbers({ ...given, apiKey: () => new Promise(() => {}), timeout: 5 }),
  ],
  [
    "an abort",
    "abort",
    (given, abort) => {
      const call = listPhoneNumbers({ ...given, fetch: untilAborted });
      setImmediate(abort);
      return call;
    },
  ],
  [
    "an abort by the caller's fetch, which the core has called",
    "abort",
    (given, abort) => {
      const fetch = (url: string, init: RequestInit) => {
        abort();
        return untilAborted(url, init);
      };
      return listPhoneNumbers({ ...given, fetch });
    },
  ],
  [
    "an abort by a listener, which the core has called before it waits",
    "abort",
    (given, abort) => {
      const fetch = async () => Response.json({}, { status: 503, headers: { "Retry-After": "9" } });
      const onEvent = ({ type }: ClientEvent) => {
        if (type === "retry") abort();
      };
      return listPhoneNumbers({ ...given, fetch, onEvent, maxRetries: 1 });
    },
  ],
  [
    "an abort by a signal whose state the core reads",
    "abort",
    async (given) => {
      const other = new WatchedSignal();
      void rejection(listPhoneNumbers({ ...given, signal: other as never, fetch: untilAborted }));
      await turns();
      // It is read to check the option, and again before the core listens.
      let reads = 0;
      const aborted = {
        get: () => {
          if (++reads === 2) other.abort();
          return false;
        },
        set: () => {},
      };
      Object.defineProperty(given.signal, "aborted", aborted);
      return await listPhoneNumbers(given);
    },
  ],
  [
    "the timer of a retry",
    "wait",
    (given) => {
      const fetch = async () => Response.json({}, { status: 503 });
      return listPhoneNumbers({ ...given, fetch, maxRetries: 1 });
    },
  ],
  [
    "the timer of a rate limit",
    "wait",
    async ({ signal, ...given }) => {
      const fetch = async (url: string) => Response.json(pageOf(url), { headers: rateLimited(0) });
      const client = new InstaViewClient({ ...given, fetch });
      await client.listPhoneNumbers();
      return await client.listPhoneNumbers({}, { signal });
    },
  ],
];

describe.each(sites)("a trap in %s", (_, site, provoke) => {
  it("rejects the calls of its instance, and leaves nothing", async () => {
    const client = new InstaViewClient(options);
    await client.listPhoneNumbers();
    const listing = listAllPhoneNumbers(options);
    const pages = listing.pages();
    expect((await pages.next()).value.page).toBe(1);

    // A call of the same instance, whose response comes when its instance is gone.
    const waiting = new WatchedSignal();
    let respondLate: (response: Response) => void = () => {};
    const fetch = vi.fn(() => new Promise<Response>((resolve) => (respondLate = resolve)));
    const bystander = rejection(
      listPhoneNumbers({ ...options, fetch, signal: waiting as never, timeout: 600_000 }),
    );
    await turns();
    expect(fetch).toHaveBeenCalledOnce();
    expect([waiting.listeners.size, timers.size]).toEqual([1, 1]);

    const signal = new WatchedSignal();
    const provoked = () => provoke({ ...options, signal: signal as never }, () => signal.abort());
    expect(await trapping(site, () => rejection(provoked()))).toMatchObject(internal);
    expect(await bystander).toMatchObject(internal);
    expect([...timers]).toEqual([]);
    expect([...signal.listeners, ...waiting.listeners]).toEqual([]);

    // Whatever still calls back into the instance does nothing.
    const late = Response.json(pageOf("https://api.example"));
    respondLate(late);
    signal.aborted = true;
    waiting.aborted = true;
    for (const callback of [...callbacks, ...signal.added, ...waiting.added]) callback();
    await turns();
    expect(late.bodyUsed).toBe(false);
    expect(uncaught).toEqual([]);
    expect([...timers]).toEqual([]);

    expect((await listPhoneNumbers(options)).total).toBe(2);
    expect((await client.listPhoneNumbers()).total).toBe(2);
    expect((await pages.next()).value.page).toBe(2);
    expect(await listing.toArray()).toHaveLength(2);
    expect([...timers]).toEqual([]);
  });
});

it("a trap in a client's rateLimit leaves it undefined, and the client goes on", async () => {
  const fetch = async (url: string) => Response.json(pageOf(url), { headers: rateLimited(59) });
  const client = new InstaViewClient({ ...options, fetch });
  await client.listPhoneNumbers();
  expect(client.rateLimit?.minute?.remaining).toBe(59);
  await trapping("rate limit", async () => expect(client.rateLimit).toBeUndefined());
  expect(client.rateLimit).toBeUndefined();
  await client.listPhoneNumbers();
  expect(client.rateLimit?.minute?.remaining).toBe(59);
  expect(uncaught).toEqual([]);
});

it("a trap in a listener that reads the rate limit rejects the call that called it", async () => {
  const client = new InstaViewClient({ ...options, onEvent: () => void client.rateLimit });
  const call = () => rejection(client.listPhoneNumbers());
  expect(await trapping("rate limit", call)).toMatchObject(internal);
  expect([...timers]).toEqual([]);
  expect((await client.listPhoneNumbers()).total).toBe(2);
  expect(uncaught).toEqual([]);
});

it("a trap in the event of a listing that has changed does not end the listing", async () => {
  const fetch = async (url: string) => {
    const page = pageOf(url);
    return Response.json({ ...page, total: 2 + page.page });
  };
  const listing = listAllPhoneNumbers({ ...options, fetch });
  expect(await trapping("listing's change", () => listing.toArray())).toHaveLength(2);
  expect(uncaught).toEqual([]);
});

it("a call that begins as its instance traps gets a fresh one", async () => {
  await listPhoneNumbers(options);
  const values = ["call"];
  vi.stubGlobal("trapAt", undefined);
  vi.spyOn(globalThis as { trapAt?: unknown }, "trapAt", "get").mockImplementation(() => values.pop());
  const results = await Promise.allSettled([listPhoneNumbers(options), listPhoneNumbers(options)]);
  expect(results).toMatchObject([
    { status: "rejected", reason: internal },
    { status: "fulfilled", value: { total: 2 } },
  ]);
});

it("an instance that traps while it is loaded is not kept", async () => {
  await trapping("call", () => rejection(listPhoneNumbers(options)));
  const { instantiate } = WebAssembly;
  const broken = async (bytes: BufferSource, imports: WebAssembly.Imports) => {
    const { instance, module } = await instantiate(bytes, imports);
    const trap = () => {
      throw new WebAssembly.RuntimeError("unreachable");
    };
    const exports = Object.entries(instance.exports).map(([name, value]) => [
      name,
      typeof value === "function" ? trap : value,
    ]);
    return { instance: { exports: Object.fromEntries(exports) }, module };
  };
  vi.spyOn(WebAssembly, "instantiate").mockImplementationOnce(broken as never);
  expect(await rejection(listPhoneNumbers(options))).toMatchObject(internal);
  expect((await listPhoneNumbers(options)).total).toBe(2);
});
