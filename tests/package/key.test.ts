import { inspect } from "node:util";
import {
  type ClientEvent,
  InstaViewClient,
  InstaViewError,
  listAllPhoneNumbers,
  listPhoneNumbers,
} from "instaview-phone-numbers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { rejection, useSandbox } from "./sandbox.ts";

const server = useSandbox();
// It begins like no key of InstaView's, so that nothing is found by that, and ends like no text.
const key = "MARKER/with'every\"kind\\of=character, of a length that messages cut off".replaceAll(" ", "-");

let printed: string;
beforeEach(() => {
  printed = "";
  for (const method of ["log", "info", "warn", "error", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation((...values) => {
      printed += inspect(values, { depth: null });
    });
  }
});
afterEach(() => vi.restoreAllMocks());

/** Every text that a value shows, one way or the other. */
function places(value: unknown): Record<string, string> {
  const error = value as Partial<InstaViewError>;
  return {
    message: String(error?.message),
    stack: String(error?.stack),
    cause: inspect(error?.cause, { depth: null, showHidden: true }),
    json: JSON.stringify(value) ?? "",
    string: String(value),
    inspected: inspect(value, { depth: null, showHidden: true }),
    console: printed,
  };
}

const escaped = JSON.stringify(key).slice(1, -1);

const json = (body: unknown, status = 200, headers = {}) => Response.json(body, { status, headers });
const echo = { success: false, error: { code: key, message: `No ${key}`, details: { [key]: [key] } } };
const withKey = (properties: object) => Object.assign(new Error("failed"), properties);

/** What may go wrong, and how a server or a fetch may repeat the key. */
const wrong: [type: string, options: Record<string, unknown>][] = [
  ["invalid_argument", { page: 0 }],
  ["invalid_argument", { [key]: key }],
  ["invalid_argument", { companyId: key, baseUrl: `https://${key}@example.com` }],
  ["configuration", { apiKey: `${key}\n` }],
  ["configuration", { apiKey: () => `${key}\n` }],
  [
    "configuration",
    {
      apiKey: () => {
        throw new Error(`The key sk_test_${key} is no good`);
      },
    },
  ],
  [
    "configuration",
    {
      apiKey: async () => {
        throw new Error("x", { cause: `sk_test_${key}` });
      },
    },
  ],
  [
    "configuration",
    {
      apiKey: () => {
        throw withKey({ code: `sk_test_${key}` });
      },
    },
  ],
  ["configuration", { baseUrl: "http://example.com" }],
  ["authentication", { fetch: async () => json(echo, 401, { "x-request-id": `r-${key}` }) }],
  [
    "authentication",
    {
      fetch: async () => new Response(`{"message":"${escaped.replaceAll("_", "\\u005f")}"}`, { status: 401 }),
    },
  ],
  ["permission", { fetch: async () => json({ message: [key, key] }, 403) }],
  ["not_found", { fetch: async () => json({ error: key }, 404) }],
  ["bad_request", { fetch: async () => json(echo, 400) }],
  ["rate_limit", { fetch: async () => json(echo, 429) }],
  ["server", { fetch: async () => json(echo, 503) }],
  ["http", { fetch: async () => json(echo, 200) }],
  ["http", { fetch: async () => new Response(null, { status: 302 }) }],
  [
    "connection",
    {
      fetch: async (_: string, { headers }: RequestInit) => {
        throw new Error(`${new Headers(headers).get("authorization")}`);
      },
    },
  ],
  [
    "connection",
    {
      fetch: async () => {
        throw withKey({ config: { headers: { key } } });
      },
    },
  ],
  [
    "connection",
    {
      fetch: async () => {
        throw withKey({ cause: withKey({ code: key }) });
      },
    },
  ],
  [
    "connection",
    {
      fetch: async () => {
        throw key;
      },
    },
  ],
  ["bad_request", { fetch: async () => json({ message: "x".repeat(470) + key }, 400) }],
  ["invalid_response", { fetch: async () => json({ data: [], total: `Bearer ${key}` }) }],
  [
    "connection",
    {
      fetch: async (url: string, init: RequestInit) => {
        throw Object.assign(new Error("x"), { url, init });
      },
    },
  ],
  [
    "connection",
    {
      fetch: async (_: string, { headers }: RequestInit) => {
        throw headers;
      },
    },
  ],
  [
    "connection",
    {
      fetch: async () => {
        throw new AggregateError([new Error(key)]);
      },
    },
  ],
  [
    "connection",
    {
      fetch: async () => {
        throw Object.assign(() => {}, { key });
      },
    },
  ],
  ["timeout", { timeout: 5, fetch: () => new Promise(() => {}) }],
  ["invalid_response", { fetch: async () => json({ data: [], total: key }) }],
  ["invalid_response", { fetch: async () => new Response(key) }],
  ["invalid_response", { fetch: async () => ({ [key]: key }) }],
  ["internal", { trap: true }],
];

it.each(wrong)("a key is nowhere to be found: %s %#", async (type, { trap, ...extra }) => {
  const events: ClientEvent[] = [];
  const options = {
    ...server.options,
    apiKey: key,
    maxRetries: 1,
    onEvent: (event: ClientEvent) => void events.push(event),
    ...extra,
  };
  // Retries are not waited for.
  vi.spyOn(Math, "random").mockReturnValue(0);
  let list = listPhoneNumbers;
  if (trap) {
    vi.spyOn(WebAssembly, "instantiate").mockRejectedValue(new Error("refused"));
    vi.resetModules();
    list = (await import("instaview-phone-numbers")).listPhoneNumbers;
  }

  const error = await rejection(list(options as never));
  expect(error).toMatchObject({ name: "InstaViewError", type });
  for (const [what, value] of Object.entries({ error, events })) {
    for (const [place, text] of Object.entries(places(value))) {
      expect(text, `${what}: ${place}`).not.toContain("MARKER");
    }
  }
});

it("a key is not found in a client, nor in a call that succeeds", async () => {
  const events: unknown[] = [];
  const client = new InstaViewClient({ ...server.options, onEvent: (event) => void events.push(event) });
  const page = await client.listPhoneNumbers();
  const texts = {
    ...places(client),
    ...places(page),
    ...places(events),
    rateLimit: inspect(client.rateLimit),
  };
  for (const [place, text] of Object.entries(texts)) expect(text, place).not.toContain(server.options.apiKey);
  expect(events).toHaveLength(2);
  expect(server.sandbox.requests[0]?.url).toBe("/phone-numbers");
});

it("a key is not found in what a lenient call tells", async () => {
  const events: ClientEvent[] = [];
  const onEvent = (event: ClientEvent) => void events.push(event);
  const fetch = async () => json({ data: [{ custom: key }], total: 1, page: 1, limit: 1, totalPages: 1 });
  await listPhoneNumbers({ ...server.options, apiKey: key, fetch, validation: "lenient", onEvent });
  expect(events.map(({ type }) => type)).toEqual(["request", "response", "contractViolation"]);
  for (const [place, text] of Object.entries(places(events))) expect(text, place).not.toContain("MARKER");
});

it("a key is not found in a listing, nor in what it fails with", async () => {
  const fetch = async () => json({ data: [{}], total: 1, page: 1, limit: 9, totalPages: 2, key });
  const options = {
    ...server.options,
    apiKey: key,
    fetch,
    validation: "lenient",
    consistency: "strict",
  } as const;
  const listing = listAllPhoneNumbers(options);
  const error = await rejection(listing.toArray());
  expect(error).toMatchObject({ type: "listing_changed" });
  for (const [place, text] of Object.entries({ ...places(error), ...places(listing) })) {
    expect(text, place).not.toContain("MARKER");
  }
});

it("an error that tells of the key's failure keeps what it may", async () => {
  const cause = Object.assign(new Error("the vault is sealed"), { code: "SEALED" });
  const error = await rejection(listPhoneNumbers({ ...server.options, apiKey: () => Promise.reject(cause) }));
  expect(error).toMatchObject({ type: "configuration", cause: { message: cause.message, code: cause.code } });
  expect(error).toBeInstanceOf(InstaViewError);
});

describe("a call whose every attempt has another key", () => {
  const keys = ["FIRST", "SECOND", "THIRD"].map((name) => `${name}/with'every"kind,of-character`);
  const every = keys.join(" and ");
  const ok = { total: 1, page: 1, limit: 1, totalPages: 1 };

  /** How the last attempt ends, repeating the keys of all of them. */
  const endings: [string, () => unknown][] = [
    [
      "rate_limit",
      () => json({ error: { code: every, message: every, details: { [every]: [every] } } }, 429),
    ],
    ["not_found", () => json({ message: [every, ...keys] }, 404)],
    ["bad_request", () => json({ message: "No" }, 400, { "x-request-id": keys.join("-") })],
    ["http", () => json({ success: false, error: { code: keys[0], message: every } })],
    [
      "http",
      () => new Response(null, { status: 302, headers: { location: `https://example.com/${keys[0]}` } }),
    ],
    ["invalid_response", () => json({ ...ok, data: [{ custom: every }], total: every })],
    ["invalid_response", () => ({ status: every })],
    ["connection", () => Promise.reject(new Error(every))],
    [
      "connection",
      () => Promise.reject(withKey({ code: every, name: every, cause: withKey({ message: every }) })),
    ],
    ["connection", () => Promise.reject(every)],
    ["connection", () => new Response(new ReadableStream({ pull: (body) => body.error(new Error(every)) }))],
  ];

  it.each(endings)("has none of them in what it fails with: %s %#", async (type, ending) => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const left = [...keys];
    const responses = [() => json({ message: "Later" }, 503), () => json({ message: "Later" }, 503), ending];
    const events: ClientEvent[] = [];
    const call = listPhoneNumbers({
      ...server.options,
      maxRetries: 2,
      apiKey: async () => left.shift() ?? "",
      fetch: async () => (await responses.shift()?.()) as Response,
      onEvent: (event) => void events.push(event),
    });
    const error = await rejection(call);
    expect(error).toMatchObject({ name: "InstaViewError", type, attempts: 3 });
    for (const [what, value] of Object.entries({ error, events })) {
      for (const [place, text] of Object.entries(places(value))) {
        expect(text, `${what}: ${place}`).not.toMatch(/FIRST|SECOND|THIRD/);
      }
    }
  });

  it("has none of them in what its key function throws", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const left = keys.slice(0, 2);
    const call = listPhoneNumbers({
      ...server.options,
      maxRetries: 2,
      apiKey: () => {
        const next = left.shift();
        if (next === undefined) throw Object.assign(new Error(`${every} were the last`), { code: keys[0] });
        return next;
      },
      fetch: async () => json({ message: "Later" }, 503),
    });
    const error = await rejection(call);
    expect(error).toMatchObject({ type: "configuration", attempts: 2 });
    for (const [place, text] of Object.entries(places(error))) {
      expect(text, place).not.toMatch(/FIRST|SECOND/);
    }
  });
});
