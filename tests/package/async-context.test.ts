import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import {
  type ClientEvent,
  type ClientOptions,
  findPhoneNumber,
  InstaViewClient,
  listAllPhoneNumbers,
  listPhoneNumbers,
} from "instaview-phone-numbers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { phoneNumbers, useModelServer } from "./model-server.ts";

/** A call, and every function of the caller's that ran in its context. */
interface Call {
  readonly number: number;
  readonly ran: string[];
}

const context = new AsyncLocalStorage<Call>();
const CALLS = 200;
const NUMBERS = Array.from({ length: CALLS }, (_, index) => index);

/** What ran in the context of another call, or in none. */
let wrong: string[];
/** How often each call was requested. */
let attempts: Map<string, number>;

beforeEach(() => {
  wrong = [];
  attempts = new Map();
  // A backoff of a millisecond.
  vi.spyOn(Math, "random").mockReturnValue(0.002);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Notes that a function ran, and whether it ran in the context of its call, where that is known. */
function saw(what: string, owner?: number) {
  const call = context.getStore();
  if (!call || call.number !== (owner ?? call.number)) wrong.push(`${what} of ${owner} in ${call?.number}`);
  call?.ran.push(what);
}

/** Makes this call in a context of its own. */
async function inContext(number: number, make: () => Promise<unknown>): Promise<Call> {
  const call: Call = { number, ran: [] };
  await context.run(call, make);
  return call;
}

/** How often each function ran. */
function counts({ ran }: Call): Record<string, number> {
  const result: Record<string, number> = {};
  for (const what of ran) result[what] = (result[what] ?? 0) + 1;
  return result;
}

const keyOf = (number: number | undefined) => `sk_test_of_call_${number}`;

/** Each call has a company of its own, by which its requests are known. */
const companyOf = (number: number) => `123e4567-e89b-42d3-a456-${String(number).padStart(12, "0")}`;

const callOf = (url: string) => Number(/companyId=[\w-]*-(\d{12})/.exec(url)?.[1]);

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Options whose functions note the context that they run in. Where several calls share them, `owner` is undefined. */
function watching(respond: (url: string, attempt: number) => Response, owner?: number) {
  return {
    baseUrl: "https://example.com",
    fetch: async (input: string | Request, init?: RequestInit) => {
      const url = typeof input === "string" ? input : input.url;
      const { headers } = new Request(input, init);
      const number = callOf(url);
      saw("fetch", number);
      if (headers.get("authorization") !== `Bearer ${keyOf(number)}`) wrong.push(`the key of ${number}`);
      const attempt = (attempts.get(url) ?? 0) + 1;
      attempts.set(url, attempt);
      // Calls overtake each other.
      for (let turns = number % 7; turns > 0; turns--) await turn();
      return respond(url, attempt);
    },
    apiKey: () => {
      saw("apiKey", owner);
      const key = keyOf(context.getStore()?.number);
      return key.endsWith("1") ? turn().then(() => key) : key;
    },
    onEvent: (event: ClientEvent) => saw(event.type, owner),
  } satisfies ClientOptions;
}

const pageOf = (headers: Record<string, string> = {}) =>
  Response.json({ data: phoneNumbers(1), total: 1, page: 1, limit: 20, totalPages: 1 }, { headers });

/** The first attempt of two in three calls fails. */
const FIRST_STATUS = [200, 500, 429];
function failingAtFirst(url: string, attempt: number) {
  const status = FIRST_STATUS[callOf(url) % 3] ?? 200;
  return attempt === 1 && status !== 200 ? new Response(null, { status }) : pageOf();
}

describe("each of 200 calls at once runs the caller's functions in its own context", () => {
  const shared = (respond = failingAtFirst) => new InstaViewClient(watching(respond));

  // The first of these loads the core too.
  it.each<[string, () => (number: number) => Promise<unknown>]>([
    [
      "of one client",
      () => {
        const client = shared();
        return (number) => client.listPhoneNumbers({ companyId: companyOf(number) });
      },
    ],
    [
      "of clients of their own",
      () => (number) =>
        new InstaViewClient(watching(failingAtFirst, number)).listPhoneNumbers({
          companyId: companyOf(number),
        }),
    ],
    [
      "without a client",
      () => (number) =>
        listPhoneNumbers({ ...watching(failingAtFirst, number), companyId: companyOf(number) }),
    ],
  ])("%s, retries included", async (_, prepare) => {
    const make = prepare();
    const calls = await Promise.all(NUMBERS.map((number) => inContext(number, () => make(number))));
    expect(wrong).toEqual([]);
    for (const call of calls) {
      const { number } = call;
      const once = { apiKey: 1, request: 1, fetch: 1, response: 1 };
      const twice = { apiKey: 2, request: 2, fetch: 2, response: 2, retry: 1 };
      expect(counts(call), `call ${number}`).toEqual(number % 3 === 0 ? once : twice);
    }
  });

  it("that wait for the rate limit", async () => {
    // A server whose window is a second, with half as many requests as there are calls.
    const limit = CALLS / 2;
    let [second, used] = [0, 0];
    const client = shared((url, attempt) => {
      const now = Math.floor(Date.now() / 1000);
      used = now === second ? used + 1 : 1;
      second = now;
      const headers = {
        Date: new Date(second * 1000).toUTCString(),
        "X-RateLimit-Limit-Minute": String(limit),
        "X-RateLimit-Remaining-Minute": String(Math.max(limit - used, 0)),
        "X-RateLimit-Reset-Minute": String(second + 1),
      };
      if (attempt > 1 || callOf(url) % 10 !== 0) return pageOf(headers);
      return new Response(null, { status: 429, headers: { ...headers, "Retry-After": "1" } });
    });
    await inContext(CALLS, () => client.listPhoneNumbers({ companyId: companyOf(CALLS) }));

    const calls = await Promise.all(
      NUMBERS.map((number) =>
        inContext(number, () => client.listPhoneNumbers({ companyId: companyOf(number) })),
      ),
    );
    expect(wrong).toEqual([]);
    let waits = 0;
    for (const call of calls) {
      const { rateLimitWait = 0, ...others } = counts(call);
      waits += rateLimitWait;
      const made = call.number % 10 === 0 ? 2 : 1;
      const retries = made === 2 ? { retry: 1 } : {};
      expect(others).toEqual({ apiKey: made, request: made, fetch: made, response: made, ...retries });
    }
    // Every retry after a 429, and at least one for a window that was used up.
    expect(waits).toBeGreaterThan(CALLS / 10);
  }, 30_000);
});

describe("each of 200 listings at once runs the caller's functions in its own context", () => {
  /** Three pages, of which the second fails at first; one number breaks the contract, and every other total changes. */
  function respond(url: string, attempt: number) {
    const page = Number(new URL(url).searchParams.get("page") ?? 1);
    if (page === 2 && attempt === 1) return new Response(null, { status: 503 });
    const total = page === 3 && callOf(url) % 2 === 1 ? 26 : 25;
    const data: object[] = phoneNumbers(25).slice((page - 1) * 10, page * 10);
    if (page === 3) data[4] = { ...data[4], custom: "yes" };
    return Response.json({ data, total, page, limit: 10, totalPages: 3 });
  }

  const optionsOf = (number: number) => ({
    companyId: companyOf(number),
    limit: 10,
    concurrency: (number % 4) + 1,
  });

  const kinds: ((client: InstaViewClient, number: number) => Promise<unknown>)[] = [
    async (client, number) => {
      for await (const { id } of client.listAllPhoneNumbers(optionsOf(number))) saw(`number ${id}`, number);
    },
    async (client, number) => {
      for await (const _ of client.listAllPhoneNumbers(optionsOf(number)).pages()) await turn();
    },
    (_, number) =>
      listAllPhoneNumbers({
        ...watching(respond, number),
        ...optionsOf(number),
        validation: "lenient",
      }).toArray(),
    (client, number) => client.findPhoneNumber(last(number), optionsOf(number)),
    (_, number) =>
      findPhoneNumber(last(number), {
        ...watching(respond, number),
        ...optionsOf(number),
        validation: "lenient",
      }),
  ];

  /** Finds the last but one, so that every page is read. */
  const last = (owner: number) => ({
    where: ({ number }: { number: string }) => {
      saw("where", owner);
      return number === phoneNumbers(25)[23]?.number;
    },
  });

  it("by number, by page, as an array, and until one is found", async () => {
    const client = new InstaViewClient({ ...watching(respond), validation: "lenient" });
    const calls = await Promise.all(
      NUMBERS.map((number) =>
        inContext(number, async () => (kinds[number % kinds.length] ?? expect.unreachable())(client, number)),
      ),
    );
    expect(wrong).toEqual([]);
    for (const call of calls) {
      const isChanged = call.number % 2 === 1;
      const isSearch = call.number % kinds.length > 2;
      expect(counts(call), `listing ${call.number}`).toMatchObject({
        ...{ apiKey: 4, request: 4, fetch: 4, response: 4, retry: 1, contractViolation: 1 },
        ...(isChanged && { listingChanged: 1 }),
        ...(isSearch && { where: 24 }),
      });
    }
  });
});

describe("the global fetch runs in the context of the call that it belongs to", () => {
  const model = useModelServer();

  /** 200 calls of one client and as many without one, two in three of which are made again. */
  async function callAtOnce() {
    model.reset(1);
    const pages = new Map<number, number>();
    model.answer = (page, honest) => {
      const attempt = (pages.get(page) ?? 0) + 1;
      pages.set(page, attempt);
      return attempt === 1 && page % 3 !== 0 ? 503 : honest;
    };
    const client = new InstaViewClient({ baseUrl: model.url });
    const calls = NUMBERS.map((number) =>
      inContext(number, () => {
        const params = { companyId: companyOf(number), page: number + 1, limit: 1 };
        return number % 2 === 0
          ? client.listPhoneNumbers(params)
          : listPhoneNumbers({ ...params, baseUrl: model.url });
      }),
    );
    return Promise.all(calls);
  }

  function expectEachInItsOwn(calls: Call[]) {
    expect(wrong).toEqual([]);
    for (const call of calls) expect(counts(call)).toEqual({ fetch: (call.number + 1) % 3 === 0 ? 1 : 2 });
  }

  it("as its replacement sees it", async () => {
    const platform = globalThis.fetch;
    vi.stubGlobal("fetch", (input: string | Request, init?: RequestInit) => {
      saw("fetch", callOf(typeof input === "string" ? input : input.url));
      return platform(input, init);
    });
    expectEachInItsOwn(await callAtOnce());
  });

  it("as Node's own diagnostics see it", async () => {
    const channel = "undici:request:create";
    const listener = (message: unknown) =>
      saw("fetch", callOf((message as { request: { path: string } }).request.path));
    subscribe(channel, listener);
    try {
      expectEachInItsOwn(await callAtOnce());
    } finally {
      unsubscribe(channel, listener);
    }
  });
});
