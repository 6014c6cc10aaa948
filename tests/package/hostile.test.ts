import {
  InstaViewClient,
  type InstaViewError,
  isInstaViewError,
  listPhoneNumbers,
} from "instaview-phone-numbers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { rejection } from "./sandbox.ts";

/** No key, no server: what these calls meet is made here. */
const options = { baseUrl: "https://example.com", maxRetries: 0 };

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

async function failure(extra: object): Promise<InstaViewError> {
  const error = await rejection(listPhoneNumbers({ ...options, ...extra }));
  expect(error).toMatchObject({ name: "InstaViewError" });
  return error as InstaViewError;
}

/** Newer than the language level of this project. */
interface Resizable extends ArrayBuffer {
  resize(length: number): void;
}

/** A body whose reader is not quite one. */
const bodyOf = (reader: object) => ({
  fetch: async () => ({ status: 200, headers: new Headers(), body: { getReader: () => reader } }) as never,
});

describe("what fetch gives", () => {
  const then = "then";
  const throwing = () => {
    throw new Error("no");
  };
  it.each([
    ["a promise whose own then throws", () => Object.assign(Promise.resolve(), { [then]: throwing })],
    [
      "a promise whose constructor throws",
      () => Object.defineProperty(Promise.resolve(), "constructor", { get: throwing }),
    ],
    ["a thenable that throws", () => ({ [then]: throwing })],
    ["a network error", async () => Response.error()],
  ])("%s: no answer", async (_, fetch) => {
    expect(await failure({ fetch })).toMatchObject({ type: "connection", attempts: 1 });
  });

  it.each([[Number.NaN], [-1], [0], [65_736], [Number.POSITIVE_INFINITY], [200.5], ["200"], [100]])(
    "an answer with status %s is none",
    async (status) => {
      const fetch = async () => ({ status, headers: new Headers(), body: null, type: "basic" });
      expect(await failure({ fetch })).toMatchObject({ type: "invalid_response", attempts: 1 });
    },
  );

  it("status 304 is no redirect", async () => {
    const fetch = async () => new Response(null, { status: 304 });
    expect(await failure({ fetch })).toMatchObject({
      type: "http",
      status: 304,
      message: "InstaView answered 304",
    });
  });

  it("a redirect's body is not waited for", async () => {
    const cancel = vi.fn();
    const fetch = async () => new Response(new ReadableStream({ cancel }), { status: 302 });
    expect(await failure({ fetch })).toMatchObject({ type: "http", status: 302 });
    expect(cancel).toHaveBeenCalledOnce();
  });
});

describe("a body", () => {
  it.each([
    ["whose read gives no promise", { read: () => ({ done: true }) }, "it is empty"],
    [
      "whose cancel gives no promise",
      { read: async () => ({ value: "text" }), cancel: () => 7 },
      "not one of bytes",
    ],
    ["of 16-bit units", { read: async () => ({ value: new Uint16Array(2) }) }, "not one of bytes"],
    [
      "of a DataView",
      { read: async () => ({ value: new DataView(new ArrayBuffer(2)) }) },
      "not one of bytes",
    ],
  ])("%s", async (_, reader, reason) => {
    const error = await failure(bodyOf(reader));
    expect(error.type).toBe("invalid_response");
    expect(error.message).toContain(reason);
  });

  it("that is always ready, and always empty, runs into the timeout", async () => {
    const error = await failure({
      ...bodyOf({ read: async () => ({ value: new Uint8Array() }) }),
      timeout: 20,
    });
    expect(error.type).toBe("timeout");
  });

  it("that comes too late is cancelled", async () => {
    let signal: AbortSignal | null | undefined;
    const fetch = (_: string, init: RequestInit) => {
      signal = init.signal;
      const end = Date.now() + 30;
      while (Date.now() < end);
      return Promise.resolve(new Response(new ReadableStream()));
    };
    expect((await failure({ fetch, timeout: 10 })).type).toBe("timeout");
    expect(signal?.aborted).toBe(true);
  });

  it("whose chunk grows while it is read is read as it was", async () => {
    const ResizableBuffer = ArrayBuffer as unknown as new (length: number, options: object) => Resizable;
    const buffer = new ResizableBuffer(1, { maxByteLength: 64 });
    const chunks = [new Uint8Array(buffer), new Uint8Array([0x20])];
    const read = async () => {
      const value = chunks.shift();
      if (chunks.length === 0) buffer.resize(64);
      return value ? { value } : { done: true };
    };
    expect((await failure(bodyOf({ read }))).type).toBe("invalid_response");
  });
});

describe("headers", () => {
  it.each([
    [
      "a generator",
      () =>
        (function* () {
          yield ["x-a", "1"];
        })(),
    ],
    ["an iterator", () => [["x-a", "1"]].values()],
    ["a Map", () => new Map([["x-a", "1"]])],
    ["a Headers", () => new Headers({ "x-a": "1" })],
    ["pairs", () => [["x-a", "1"]]],
    ["an object", () => ({ "x-a": "1" })],
  ])("may be given as %s", async (_, headers) => {
    const fetch = vi.fn(async (_: string, __: RequestInit) => new Response());
    await failure({ headers: headers(), fetch });
    expect(new Headers(fetch.mock.lastCall?.[1].headers).get("x-a")).toBe("1");
  });

  it.each([
    [
      "pairs",
      [
        ["x-a", "1"],
        ["x-a", "2"],
      ],
    ],
    [
      "pairs, in two cases",
      [
        ["x-a", "1"],
        ["X-A", "2"],
      ],
    ],
    ["an object, in two cases", { "x-a": "1", "X-A": "2" }],
    [
      "a Map, in two cases",
      new Map([
        ["X-a", "1"],
        ["x-A", "2"],
      ]),
    ],
    [
      "pairs with spaces around them",
      [
        ["x-a", " 1 "],
        ["x-a", "2"],
      ],
    ],
  ])("of one name are joined as Headers joins them: %s", async (_, headers) => {
    const expected = new Headers(headers as HeadersInit).get("x-a");
    const fetch = vi.fn(async (_: string, __: RequestInit) => new Response());
    await failure({ headers, fetch });
    expect(new Headers(fetch.mock.lastCall?.[1].headers).get("x-a")).toBe(expected);
    expect(expected).toContain(", ");

    // Those of a call stand in for the client's, as a whole.
    const client = new InstaViewClient({ ...options, headers: { "X-A": "0" }, fetch });
    await rejection(client.listPhoneNumbers({}, { headers: headers as HeadersInit }));
    expect(new Headers(fetch.mock.lastCall?.[1].headers).get("x-a")).toBe(expected);
  });

  it.each([
    ["null", null],
    ["a text", "x-a: 1"],
    ["an object with null", { "x-a": null }],
    ["an object with undefined", { "x-a": undefined }],
    ["an object with a list", { "x-a": ["1"] }],
    ["a pair of one", [["x-a"]]],
    ["a pair of three", [["x-a", "1", "2"]]],
    ["a pair of three in a generator", [["x-a", "1", "2"]].values()],
    ["an empty pair", [[]]],
    ["a name with a space", { "x a": "1" }],
    ["a value with a line break", { "x-a": "1\n2" }],
    [
      "a Proxy that throws",
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error("no");
          },
        },
      ),
    ],
  ])("are refused as %s, without a value shown", async (_, headers) => {
    const error = await failure({ headers });
    expect(error).toMatchObject({
      type: "invalid_argument",
      issues: [{ path: "headers", received: "a value that is none" }],
    });
  });
});

describe("surroundings", () => {
  it.each([[123], [true], [{}], [Symbol("key")], [null]])(
    "an environment variable may be %o",
    async (value) => {
      vi.stubGlobal("process", { env: { INSTAVIEW_API_KEY: value, INSTAVIEW_BASE_URL: value } });
      const error = await rejection(listPhoneNumbers());
      expect(error).toMatchObject({ type: "configuration", issues: [{ path: "apiKey" }] });
    },
  );

  it.each([
    ["href is no text", { href: 5 }],
    ["href is empty", { href: "" }],
    [
      "href throws",
      {
        get href() {
          throw new Error("no");
        },
      },
    ],
  ])("a location whose %s is none", async (_, location) => {
    vi.stubGlobal("location", location);
    expect(await failure({ fetch: async () => new Response() })).toMatchObject({ type: "invalid_response" });
  });

  it("a worker's location makes a relative base URL whole", async () => {
    vi.stubGlobal("location", { href: "https://app.example.com/worker.js" });
    const fetch = vi.fn(async (_: string) => new Response());
    await failure({ baseUrl: "/api", fetch });
    expect(fetch.mock.lastCall?.[0]).toBe("https://app.example.com/api/phone-numbers");
  });

  it("an aborted fetch may abort the caller's signal in its turn", async () => {
    const controller = new AbortController();
    const fetch = (_: string, { signal }: RequestInit) =>
      new Promise((_, reject) => {
        signal?.addEventListener("abort", () => {
          controller.abort("both");
          reject(new Error("aborted"));
        });
      });
    expect(await failure({ fetch, signal: controller.signal, timeout: 5 })).toMatchObject({
      type: "timeout",
    });
  });
});

describe("a client", () => {
  const client = new InstaViewClient(options);
  const { listPhoneNumbers: detached } = client;
  it.each([
    ["a detached method", () => detached()],
    ["a Proxy", () => new Proxy(client, {}).listPhoneNumbers()],
    ["an heir", () => Object.create(client).listPhoneNumbers()],
  ])("never sends with the options of another: %s", async (_, call) => {
    vi.stubEnv("INSTAVIEW_API_KEY", "sk_env_key");
    const fetch = vi.fn();
    vi.stubGlobal("fetch", fetch);
    expect(await rejection(call())).toMatchObject({
      type: "invalid_argument",
      message: "Call this on the client itself: a copy, a Proxy or a detached method has no options",
      issues: [{ path: "this", expected: "an InstaViewClient", received: "another value" }],
    });
    expect(fetch).not.toHaveBeenCalled();
  });
});

it("isInstaViewError answers for a Proxy that refuses", () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  expect(isInstaViewError(proxy)).toBe(false);
});

it("a message is short, whatever the server says; nothing is lost", async () => {
  const message = "x".repeat(1_000_000);
  const error = await failure({ fetch: async () => Response.json({ message }, { status: 400 }) });
  expect(error.message.length).toBeLessThan(1_000);
  expect(error.messages).toEqual([message]);
});

it("a name is short, whatever it is", async () => {
  const error = await failure({ ["x".repeat(1_000_000)]: 1 });
  expect(error.message.length).toBeLessThan(1_000);
});
