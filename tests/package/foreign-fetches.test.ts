import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import {
  type ClientEvent,
  type ClientOptions,
  InstaViewClient,
  listPhoneNumbers,
} from "instaview-phone-numbers";
import nodeFetch from "node-fetch";
import { createProxy } from "proxy";
import { ProxyAgent, fetch as undiciFetch } from "undici";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { SANDBOX_KEYS } from "../../www/sandbox/index.ts";
import { rejection, useSandbox } from "./sandbox.ts";

const server = useSandbox();
const MIB = 1024 * 1024;

/** A proxy on loopback, and the requests that it received: to connect, or to forward. */
const proxy = createProxy();
let proxyUrl: string;
let connected: string[];
let forwarded: string[];
/** New for each test, because undici's connects again once a connection of it has ended. */
let dispatcher: ProxyAgent;
beforeAll(async () => {
  proxy.on("connect", ({ url }) => connected.push(String(url)));
  proxy.on("request", ({ url }) => forwarded.push(String(url)));
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
beforeEach(() => {
  [connected, forwarded] = [[], []];
  dispatcher = new ProxyAgent(proxyUrl);
});
afterEach(() => dispatcher.destroy());
afterAll(() => {
  proxy.close();
  proxy.closeAllConnections();
});

/** A page whose JSON text has so many bytes. */
function pageOf(length: number): string {
  const page = JSON.stringify({ data: [], total: 0, page: 1, limit: 20, totalPages: 0 });
  return page.padEnd(length);
}

// Each without a cast: that TypeScript accepts them is part of the test.
const fetches: [name: string, fetch: () => ClientOptions["fetch"]][] = [
  ["undici's", () => undiciFetch],
  ["undici's through a proxy", () => (url, init) => undiciFetch(url, { ...init, dispatcher })],
  ["node-fetch", () => nodeFetch],
  ["the global one", () => globalThis.fetch],
];

describe.each(fetches)("%s fetch", (name, fetch) => {
  const options = () => ({ ...server.options, fetch: fetch() });

  /** What a call rejects with. */
  const failure = (extra: object = {}) => rejection(listPhoneNumbers({ ...options(), ...extra }));

  it("gives a page", async () => {
    const page = await listPhoneNumbers({ ...options(), page: 2, limit: 100, headers: { "X-Trace": "1" } });
    expect(page).toEqual(await listPhoneNumbers({ ...server.options, page: 2, limit: 100 }));
    expect(page.data).toHaveLength(100);
    const [request] = server.sandbox.requests;
    expect(request).toMatchObject({ method: "GET", url: "/phone-numbers?page=2&limit=100" });
    expect(request?.headers).toMatchObject({
      accept: "application/json",
      authorization: `Bearer ${SANDBOX_KEYS.company}`,
      "x-trace": "1",
    });
    const { host } = new URL(server.sandbox.url);
    expect(connected).toEqual(name.includes("proxy") ? [host] : []);
  });

  it("gives a listing, and what the server says of the rate limit", async () => {
    const client = new InstaViewClient(options());
    expect(await client.listAllPhoneNumbers({ concurrency: 2 }).toArray()).toHaveLength(237);
    expect(client.rateLimit?.minute).toMatchObject({ limit: 1_000_000 });
  });

  it("gives an error of the API", async () => {
    const error = await failure({ apiKey: "sk_test_that_nobody_knows" });
    expect(error).toMatchObject({
      ...{ type: "authentication", status: 401, code: "INVALID_API_KEY", attempts: 1 },
      requestId: expect.stringMatching(/^[\w-]{36}$/),
    });
  });

  it("is called again for a retry", async () => {
    vi.spyOn(Math, "random").mockReturnValueOnce(0);
    server.sandbox.answerNext({ status: 503, body: "<h1>Service Unavailable</h1>" });
    expect((await listPhoneNumbers({ ...options(), maxRetries: 1 })).total).toBe(237);
    expect(server.sandbox.requests).toHaveLength(2);
    vi.restoreAllMocks();
  });

  it("follows no redirect", async () => {
    server.sandbox.answerNext({
      status: 302,
      headers: { Location: `${server.sandbox.url}/v1/phone-numbers` },
    });
    expect(await failure()).toMatchObject({ type: "http", attempts: 1 });
    expect(server.sandbox.requests).toHaveLength(1);
  });

  it.each([
    ["is not JSON", { body: "<h1>Welcome</h1>" }, "invalid_response"],
    ["is empty", {}, "invalid_response"],
    ["breaks off", { body: pageOf(1000), fault: { type: "truncate-body" } }, "connection"],
    ["has 8 MiB and a byte", { body: pageOf(8 * MIB + 1) }, "invalid_response"],
    [
      "has 64 MiB once it is decompressed",
      { headers: { "Content-Encoding": "gzip" }, body: gzipSync(pageOf(64 * MIB)) },
      "invalid_response",
    ],
  ] as const)("a body that %s", async (about, response, type) => {
    server.sandbox.answerNext(response);
    const error = await failure();
    expect(error).toMatchObject({ type, attempts: 1 });
    if (about.includes("MiB")) expect(error).toHaveProperty("message", expect.stringContaining("8 MiB"));
  });

  it("a body of 8 MiB is read", async () => {
    server.sandbox.answerNext({ body: pageOf(8 * MIB) });
    expect(await listPhoneNumbers(options())).toMatchObject({ data: [], total: 0 });
  });

  it.each(["stall-before-headers", "stall-in-body"] as const)("an abort ends it: %s", async (type) => {
    server.sandbox.answerNext({ body: pageOf(1000), fault: { type } });
    const controller = new AbortController();
    const reason = new Error("Enough");
    const events: ClientEvent[] = [];
    const onEvent = (event: ClientEvent) => {
      events.push(event);
      if (event.type === "response") setImmediate(() => controller.abort(reason));
    };
    const aborted = failure({ signal: controller.signal, onEvent });
    const request = await server.sandbox.requestReceived(1);
    if (type === "stall-before-headers") controller.abort(reason);
    expect(await aborted).toBe(reason);
    await request.closed;
    expect(request.aborted).toBe(true);
    expect(events.map((event) => event.type)).toEqual(
      type === "stall-in-body" ? ["request", "response"] : ["request"],
    );
  });

  it("a timeout ends it in the body too", async () => {
    server.sandbox.answerNext({ body: pageOf(1000), fault: { type: "stall-in-body" } });
    expect(await failure({ timeout: 200 })).toMatchObject({ type: "timeout", attempts: 1 });
    await server.sandbox.requests[0]?.closed;
    expect(server.sandbox.requests[0]?.aborted).toBe(true);
  });

  it("an abort before the call makes no request", async () => {
    const reason = new Error("Never");
    expect(await failure({ signal: AbortSignal.abort(reason) })).toBe(reason);
    expect(server.sandbox.requests).toEqual([]);
  });
});

describe("a proxy", () => {
  const throughProxy: ClientOptions["fetch"] = (url, init) => undiciFetch(url, { ...init, dispatcher });

  it("may forward the request itself", async () => {
    await dispatcher.destroy();
    dispatcher = new ProxyAgent({ uri: proxyUrl, proxyTunnel: false });
    expect((await listPhoneNumbers({ ...server.options, page: 2, fetch: throughProxy })).page).toBe(2);
    expect([connected, forwarded]).toEqual([[], [`${server.sandbox.url}/phone-numbers?page=2`]]);
    expect(server.sandbox.requests[0]?.headers.via).toContain("proxy");
  });

  it("that cannot be reached is a connection error", async () => {
    await dispatcher.destroy();
    dispatcher = new ProxyAgent("http://127.0.0.1:1");
    const error = await rejection(listPhoneNumbers({ ...server.options, fetch: throughProxy }));
    expect(error).toMatchObject({ type: "connection", attempts: 1 });
    expect(server.sandbox.requests).toEqual([]);
  });
});

/** A fetch that notes its arguments. */
const noting = () => vi.fn(async (_url: string, _init: RequestInit) => new Response(pageOf(0)));

describe("a fetch of the caller's own", () => {
  const usual = { baseUrl: "https://example.com/v1", apiKey: "sk_test_key" };

  it("is called with a URL as string, and an init", async () => {
    const fetch = noting();
    await listPhoneNumbers({ ...usual, page: 2, headers: { "X-Trace": "1" }, fetch });
    expect(fetch.mock.lastCall).toHaveLength(2);
    const [url, init] = fetch.mock.lastCall ?? expect.unreachable();
    expect(url).toBe("https://example.com/v1/phone-numbers?page=2");
    // Own members, so that `{ ...init, dispatcher }` has them.
    const { headers, redirect, signal, method = "GET", ...others } = { ...init };
    expect(others).toEqual({});
    expect([redirect, method]).toEqual(["manual", "GET"]);
    expect(signal).toBeInstanceOf(AbortSignal);
    expect(Object.fromEntries(new Headers(headers))).toEqual({
      accept: "application/json",
      authorization: "Bearer sk_test_key",
      "x-trace": "1",
    });
  });

  it("gets a signal that a timeout aborts", async () => {
    let signal: AbortSignal | null | undefined;
    const fetch = (_: string, init: RequestInit) => {
      signal = init.signal;
      return new Promise<Response>(() => {});
    };
    const error = await rejection(listPhoneNumbers({ ...usual, fetch, timeout: 5, maxRetries: 0 }));
    expect(error).toMatchObject({ type: "timeout" });
    expect(signal?.aborted).toBe(true);
  });

  it("may change its init: no other request sees it", async () => {
    const seen: unknown[] = [];
    const fetch = async (_: string, init: RequestInit) => {
      const headers = new Headers(init.headers);
      seen.push([init.redirect, headers.get("accept"), headers.get("x-trace"), init.signal?.aborted]);
      init.redirect = "follow";
      delete init.signal;
      if (init.headers instanceof Headers) {
        init.headers.delete("accept");
        init.headers.set("x-trace", "1");
      } else Object.assign(init.headers ?? {}, { accept: "*/*", Accept: "*/*", "x-trace": "1" });
      return new Response(pageOf(0));
    };
    const client = new InstaViewClient({ ...usual, fetch });
    for (const page of [1, 1, 2]) await client.listPhoneNumbers({ page });
    expect(seen).toEqual(Array(3).fill(["manual", "application/json", null, false]));
  });

  it("is not bound to the options that it came in", async () => {
    const receivers: unknown[] = [];
    const fetch = function (this: unknown) {
      receivers.push(this);
      return Promise.resolve(new Response(pageOf(0)));
    };
    await listPhoneNumbers({ ...usual, fetch });
    expect(receivers.every((receiver) => receiver === undefined || receiver === globalThis)).toBe(true);
  });
});

describe("a response without a web stream", () => {
  const bytes = (text: string) => new TextEncoder().encode(text).buffer;

  /** What a call gives or rejects with, whose response has this body. */
  async function outcome(body: object, extra: object = {}, status = 200): Promise<unknown> {
    const fetch = async () => ({ status, headers: new Headers(), ...body }) as never;
    const call = listPhoneNumbers({ baseUrl: "https://example.com", maxRetries: 0, fetch, ...extra });
    return call.catch((error) => error);
  }

  it.each([
    ["a Node stream", () => ({ body: Readable.from([]) })],
    ["no body", () => ({})],
    ["an undefined body", () => ({ body: undefined })],
  ])("but %s is read by its arrayBuffer()", async (_, body) => {
    const arrayBuffer = vi.fn(async () => bytes(pageOf(0)));
    expect(await outcome({ ...body(), arrayBuffer })).toMatchObject({ data: [], total: 0, page: 1 });
    expect(arrayBuffer).toHaveBeenCalledExactlyOnceWith();
  });

  it("but with one is read by that", async () => {
    const { body } = new Response(pageOf(0));
    const arrayBuffer = vi.fn();
    expect(await outcome({ body, arrayBuffer })).toMatchObject({ total: 0 });
    expect(arrayBuffer).not.toHaveBeenCalled();
  });

  it("is an error of the API too", async () => {
    const arrayBuffer = async () => bytes('{"statusCode":403,"message":"No"}');
    expect(await outcome({ arrayBuffer }, {}, 403)).toMatchObject({ type: "permission", messages: ["No"] });
  });

  it("has at most 8 MiB", async () => {
    const ofLength = (length: number) => ({ arrayBuffer: async () => bytes(pageOf(length)) });
    expect(await outcome(ofLength(8 * MIB))).toMatchObject({ total: 0 });
    expect(await outcome(ofLength(8 * MIB + 1))).toMatchObject({
      type: "invalid_response",
      message: expect.stringContaining("8 MiB"),
    });
  });

  it("that breaks off is a connection error", async () => {
    const cause = new Error("Premature close");
    const arrayBuffer = async () => Promise.reject(cause);
    const error = await outcome({ body: Readable.from([]), arrayBuffer });
    expect(error).toMatchObject({ type: "connection", cause: { message: "Premature close" } });
  });

  it.each([
    ["gives a string", async () => "{}"],
    ["gives nothing", async () => undefined],
    ["gives numbers", async () => [123, 125]],
  ])("whose arrayBuffer() %s is invalid", async (_, arrayBuffer) => {
    expect(await outcome({ arrayBuffer })).toMatchObject({ type: "invalid_response", attempts: 1 });
  });

  it("whose arrayBuffer() never settles ends with an abort, and with a timeout", async () => {
    const controller = new AbortController();
    const arrayBuffer = () => {
      setImmediate(() => controller.abort("enough"));
      return new Promise(() => {});
    };
    expect(await outcome({ arrayBuffer }, { signal: controller.signal })).toBe("enough");
    expect(await outcome({ arrayBuffer }, { timeout: 5 })).toMatchObject({ type: "timeout" });
  });
});
