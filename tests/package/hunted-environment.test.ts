// What a hunt through environments and foreign objects found.

import { execFileSync, spawnSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import {
  findPhoneNumber,
  InstaViewClient,
  listAllPhoneNumbers,
  listPhoneNumbers,
} from "instaview-phone-numbers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { phoneNumber } from "./model-server.ts";
import { rejection } from "./sandbox.ts";

const apiKey = "sk_test_abcdefghijkl";
const options = { apiKey, baseUrl: "https://x.test", maxRetries: 0 };
const empty = { data: [], total: 0, page: 1, limit: 20, totalPages: 0 };
const page = () => Response.json(empty);

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Something on `Object.prototype` while an action runs. */
async function polluted<T>(name: string, descriptor: PropertyDescriptor, act: () => Promise<T>): Promise<T> {
  Object.defineProperty(Object.prototype, name, { configurable: true, ...descriptor });
  return await act().finally(() => Reflect.deleteProperty(Object.prototype, name));
}

/** What a promise settles with, unless that takes too long. */
const settled = (promise: Promise<unknown>) =>
  Promise.race([
    promise.then(
      () => "fulfilled",
      (reason) => reason,
    ),
    new Promise((resolve) => setTimeout(resolve, 100, "hangs")),
  ]);

describe("a polluted Object.prototype is no environment", () => {
  it("gives no address, to which the key would be sent", async () => {
    vi.stubGlobal("process", { env: {} });
    const sent: unknown[] = [];
    const fetch = async (url: string, { headers }: RequestInit) => {
      sent.push(url, new Headers(headers).get("authorization"));
      return page();
    };
    await polluted("INSTAVIEW_BASE_URL", { value: "https://attacker.example" }, () =>
      listPhoneNumbers({ apiKey, fetch }),
    );
    expect(sent).toEqual(["https://api.instaview.sk/phone-numbers", `Bearer ${apiKey}`]);
  });

  it("gives no key", async () => {
    vi.stubGlobal("process", { env: {} });
    const fetch = vi.fn(async (_: string, __: RequestInit) => page());
    const call = () => listPhoneNumbers({ baseUrl: "https://x.test", fetch });
    await polluted("INSTAVIEW_API_KEY", { value: "sk_of_somebody_else" }, call);
    expect(new Headers(fetch.mock.lastCall?.[1].headers).get("authorization")).toBeNull();
  });

  it("makes no environment where there is none, as in a browser", async () => {
    vi.stubGlobal("process", undefined);
    Reflect.deleteProperty(globalThis, "process");
    const fetch = vi.fn(async (_: string) => page());
    const env = { INSTAVIEW_BASE_URL: "https://attacker.example" };
    await polluted("process", { value: { env } }, () => listPhoneNumbers({ apiKey, fetch }));
    expect(fetch.mock.lastCall?.[0]).toBe("https://api.instaview.sk/phone-numbers");
  });

  it("makes no relative base URL whole", async () => {
    const fetch = vi.fn(async (_: string) => page());
    const call = () => rejection(listPhoneNumbers({ apiKey, baseUrl: "/api", fetch }));
    const location = { href: "https://attacker.example/" };
    const error = await polluted("location", { value: location }, call).catch(() => "sent");
    expect(error).toMatchObject({ type: "invalid_argument", issues: [{ path: "baseUrl" }] });
  });
});

describe("without a usable URLSearchParams", () => {
  it.each([
    ["missing", undefined],
    [
      "throwing",
      class {
        constructor() {
          throw new Error("no");
        }
      },
    ],
  ])("no request is sent that lacks its parameters: %s", async (_, broken) => {
    const fetch = vi.fn(async (_: string) => page());
    vi.stubGlobal("URLSearchParams", broken);
    const params = { page: 2, companyId: "123e4567-e89b-12d3-a456-426614174000", keyType: "ats" } as const;
    const error = await rejection(listPhoneNumbers({ ...options, ...params, fetch })).catch(() => "none");
    vi.unstubAllGlobals();
    for (const [url] of fetch.mock.calls) expect(url).toContain("page=2&companyId=");
    if (fetch.mock.calls.length === 0) expect(error).toMatchObject({ type: "configuration" });
  });
});

it("Object.prototype.ignoreBOM shifts no value of a body with a byte order mark", async () => {
  vi.resetModules();
  const fresh = await import("instaview-phone-numbers");
  const data = [phoneNumber(1)];
  const json = JSON.stringify({ ...empty, data, total: 1, limit: 1, totalPages: 1 });
  const response = new Response(`\ufeff${json}`);
  const call = () => fresh.listPhoneNumbers({ ...options, fetch: async () => response });
  const result = await polluted("ignoreBOM", { value: true }, call);
  expect(result.data).toEqual(data);
});

describe("a key in what the apiKey function throws", () => {
  const secret = "sk_live_SECRETSECRET";
  const shown = (error: unknown) => {
    const { cause } = error as { cause?: { message?: string; name?: string; code?: string } };
    return [String(error), JSON.stringify(error), cause?.message, cause?.name, cause?.code].join();
  };
  it.each<[string, () => unknown]>([
    ["the code of its cause", () => new Error("vault", { cause: { code: secret } })],
    ["the name of its cause", () => ({ message: "vault", cause: { name: secret } })],
    [
      "a message that is another one when it is read again",
      () => {
        let reads = 0;
        return Object.defineProperty(new Error(), "message", { get: () => (reads++ ? secret : "vault") });
      },
    ],
  ])("is not shown: %s", async (_, thrown) => {
    const failing = () => {
      throw thrown();
    };
    const error = await rejection(listPhoneNumbers({ ...options, apiKey: failing }));
    expect(error).toMatchObject({ type: "configuration" });
    expect(shown(error)).not.toContain(secret);
  });
});

it("Object.prototype.toJSON hides no key from its redaction", async () => {
  const error = { code: "X", message: `Unknown key ${apiKey}`, details: { sent: apiKey } };
  const response = Response.json({ success: false, error }, { status: 401 });
  const call = () => rejection(listPhoneNumbers({ ...options, fetch: async () => response }));
  const failed = await polluted("toJSON", { value: () => ({}) }, call);
  const { message, messages, details } = failed as { message: string; messages: string[]; details: unknown };
  expect(JSON.stringify([message, messages, details])).not.toContain(apiKey);
});

describe("a status beyond 599", () => {
  it.each([600, 999])("is that of a response: %i", async (status) => {
    const server = createServer((_, response) =>
      response.writeHead(status, { "X-Request-Id": "r" }).end("{}"),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const error = await rejection(listPhoneNumbers({ ...options, baseUrl }));
    server.close();
    expect(error).toMatchObject({ type: expect.stringMatching(/^(http|server)$/), status, requestId: "r" });
  });
});

it.each([
  ["a listing", () => listAllPhoneNumbers({ ...options, fetch: async () => page() }).toArray()],
  ["a client's listing", () => new InstaViewClient(options).listAllPhoneNumbers().pages().next()],
  ["a search", () => findPhoneNumber({}, { ...options, fetch: async () => page() })],
])("without an AbortController, %s fails with an InstaViewError too", async (_, call) => {
  vi.stubGlobal("AbortController", undefined);
  const error = await rejection(call());
  expect(error).toMatchObject({ name: "InstaViewError", type: "configuration" });
});

describe("what a listener throws ends no process", () => {
  const unhandled = vi.fn();
  beforeEach(() => {
    unhandled.mockReset();
    process.on("unhandledRejection", unhandled);
  });
  afterEach(() => void process.off("unhandledRejection", unhandled));

  it.each<[string, () => unknown, () => void]>([
    [
      "an error whose stack throws",
      () =>
        Object.defineProperty(new Error(), "stack", {
          get: () => {
            throw new Error("no");
          },
        }),
      () => {},
    ],
    [
      "any error, where console.error throws, as in many a set-up of tests",
      () => new Error("mine"),
      () =>
        vi.spyOn(console, "error").mockImplementation(() => {
          throw new Error("no");
        }),
    ],
  ])("%s", async (_, thrown, prepare) => {
    prepare();
    const onEvent = () => {
      throw thrown();
    };
    await listPhoneNumbers({ ...options, fetch: async () => page(), onEvent });
    for (const _ of [1, 2]) await new Promise(setImmediate);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

describe("where something of the platform is broken after the import", () => {
  const throwing = (): never => {
    throw new Error("no");
  };
  /** Another call, which was under way before. */
  async function bystander() {
    let respond: (response: Response) => void = () => {};
    const fetch = vi.fn(() => new Promise<Response>((resolve) => (respond = resolve)));
    const call = listPhoneNumbers({ ...options, fetch });
    const outcome = call.catch(({ type }) => type);
    await vi.waitFor(() => expect(fetch).toHaveBeenCalled());
    return { outcome, respond: () => respond(page()) };
  }

  it.each<[string, string, unknown]>([
    ["Headers without set", "Headers", class {}],
    [
      "an AbortController whose signal throws",
      "AbortController",
      class {
        get signal() {
          return throwing();
        }
      },
    ],
    ["no performance", "performance", undefined],
    ["a performance without now", "performance", {}],
  ])("a call says so, and no other call ends: %s", async (_, name, broken) => {
    const other = await bystander();
    vi.stubGlobal(name, broken);
    const error = await rejection(listPhoneNumbers({ ...options, fetch: async () => page() }));
    vi.unstubAllGlobals();
    other.respond();
    expect(await other.outcome).toMatchObject(empty);
    expect(error).toMatchObject({ type: "configuration", message: expect.stringContaining(name) });
  });

  it("every call settles where even clearTimeout throws", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const other = await bystander();
    const { clearTimeout } = globalThis;
    vi.stubGlobal("clearTimeout", throwing);
    const call = listPhoneNumbers({ ...options, fetch: async () => page() });
    other.respond();
    const outcomes = await Promise.all([settled(call), settled(other.outcome)]);
    globalThis.clearTimeout = clearTimeout;
    process.off("unhandledRejection", unhandled);
    expect(outcomes).toEqual(["fulfilled", "fulfilled"]);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

it("an abort reason with the brand of the core's errors keeps its identity", async () => {
  const failed = await rejection(listPhoneNumbers({ ...options, page: 0 }));
  // A copy, as of a library that clones what it logs; and what the crate alone rejects with.
  const reason = Object.defineProperties(new Error(), Object.getOwnPropertyDescriptors(failed));
  const call = listPhoneNumbers({ ...options, signal: AbortSignal.abort(reason) });
  expect(await rejection(call)).toBe(reason);
});

it("a lazy thenable of fetch is followed once: to follow it again would send the request again", async () => {
  const followed = vi.fn();
  const then = "then";
  const fetch = () => ({ [then]: followed }) as never;
  expect(await rejection(listPhoneNumbers({ ...options, fetch, timeout: 5 }))).toMatchObject({
    type: "timeout",
  });
  await new Promise(setImmediate);
  expect(followed).toHaveBeenCalledOnce();
});

it("a promise of `where` that cannot be adopted is refused as every other", async () => {
  const where = () =>
    Object.defineProperty(Promise.resolve(true), "constructor", {
      get: () => {
        throw new Error("no");
      },
    });
  const data = [phoneNumber(1)];
  const fetch = async () => Response.json({ data, total: 1, page: 1, limit: 100, totalPages: 1 });
  const error = await rejection(findPhoneNumber({ where: where as never }, { ...options, fetch }));
  expect(error).toMatchObject({ type: "invalid_argument", issues: [{ path: "where" }] });
});

/** In a process of its own: Node and Vitest assign some of these names, too. */
const script = fileURLToPath(new URL("hunted-setters.mjs", import.meta.url));
const names =
  "type method url attempt status duration requestId rateLimit reason delay window issues page expectedTotal total duplicates " +
  "minute hour limit remaining resetAt path expected received code messages retryAfter attempts callId promise release reject";
describe.each(["a setter that throws", "a setter that swallows", "a read-only value"])(
  "%s on Object.prototype",
  (kind) => {
    it.each(names.split(" "))("changes nothing: %s", (name) => {
      const [clean, dirty] = JSON.parse(
        execFileSync(process.execPath, [script, name, kind], { encoding: "utf8" }),
      );
      expect(dirty).toEqual(clean);
    });
  },
);
it.each(["a", "i", "Aa"])(
  "a setter on Object.prototype that is called as an import of the core changes nothing while it is loaded: %s",
  (name) => {
    const args = [script, name, "a setter that swallows", "load"];
    const [loaded] = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
    expect(loaded).toMatchObject(empty);
  },
);

it("a recursion without end that reads client.rateLimit ends neither other calls nor the process", () => {
  const script = fileURLToPath(new URL("hunted-recursion.mjs", import.meta.url));
  const printed = spawnSync(process.execPath, [script], { encoding: "utf8", timeout: 5_000 });
  expect(printed.stdout.trim().split("\n")).toEqual([expect.stringMatching(/^(a page|internal)$/), "a page"]);
}, 10_000);

it("a Blob without stream(), such as jsdom's in Vitest's environment `jsdom`, does not keep the core from loading", async () => {
  vi.resetModules();
  const { listPhoneNumbers } = await import("instaview-phone-numbers");
  vi.stubGlobal("Blob", class {});
  expect(await listPhoneNumbers({ ...options, fetch: async () => page() })).toMatchObject(empty);
});

it("what fetch gives that is no response is described", async () => {
  for (const [status, message] of [
    [99, "99"],
    ["200", '"200"'],
    [undefined, "undefined"],
  ] as const) {
    const fetch = async () => ({ status, headers: new Headers() }) as never;
    const error = await rejection(listPhoneNumbers({ ...options, fetch }));
    expect(error).toMatchObject({ type: "invalid_response", cause: { message } });
  }
});

it("what only passes for a buffer is no body", async () => {
  const impostor = { [Symbol.toStringTag]: "ArrayBuffer", length: 1e9 };
  const fetch = async () => ({
    status: 200,
    headers: new Headers(),
    body: {},
    arrayBuffer: async () => impostor,
  });
  const error = await rejection(listPhoneNumbers({ ...options, fetch: fetch as never }));
  expect(error).toMatchObject({ type: "invalid_response" });
});

it.each([
  ["no object", () => 7],
  [
    "an object that throws",
    () =>
      Object.defineProperty({}, "done", {
        get: () => {
          throw new Error("no");
        },
      }),
  ],
])("a read that gives %s is a body that broke off", async (_, read) => {
  const body = { getReader: () => ({ read: async () => read(), cancel: async () => {} }) };
  const fetch = async () => ({ status: 200, headers: new Headers(), body });
  const error = await rejection(listPhoneNumbers({ ...options, fetch: fetch as never }));
  expect(error).toMatchObject({ type: "connection", message: expect.stringContaining("broke off") });
});
