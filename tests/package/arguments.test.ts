import { runInNewContext } from "node:vm";
import { InstaViewClient, type InstaViewError, listPhoneNumbers } from "instaview-phone-numbers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { rejection, useSandbox } from "./sandbox.ts";

const server = useSandbox();

/** What a call fails with before anything is sent. */
async function refusal(options: unknown): Promise<InstaViewError> {
  const error = await rejection(listPhoneNumbers(options as never));
  expect(server.sandbox.requests).toEqual([]);
  expect(error).toMatchObject({ name: "InstaViewError", attempts: 0 });
  return error as InstaViewError;
}

describe("parameters and options", () => {
  it.each([
    ["page", 0, "an integer from 1 to 10000", "0"],
    ["page", 10_001, "an integer from 1 to 10000", "10001"],
    ["page", "2", "an integer from 1 to 10000", '"2"'],
    ["page", 1.5, "an integer from 1 to 10000", "1.5"],
    ["page", Number.NaN, "an integer from 1 to 10000", "NaN"],
    ["page", null, "an integer from 1 to 10000", "null"],
    ["page", 1n, "an integer from 1 to 10000", "1"],
    ["limit", 101, "an integer from 1 to 100", "101"],
    ["limit", Number.POSITIVE_INFINITY, "an integer from 1 to 100", "Infinity"],
    ["limit", [10], "an integer from 1 to 100", "an array"],
    ["companyId", "acme", "a UUID", '"acme"'],
    ["companyId", "x".repeat(1000), "a UUID", `"${"x".repeat(60)}…"`],
    ["keyType", "gold", '"company" or "ats"', '"gold"'],
    ["timeout", 0, "an integer from 1 to 2147483647 (milliseconds)", "0"],
    ["signal", {}, "an AbortSignal", "an object"],
    ["fetch", "fetch", "a function", '"fetch"'],
    [
      "baseUrl",
      "api.instaview.sk",
      "an http(s) URL without credentials, query or fragment",
      '"api.instaview.sk"',
    ],
    ["baseUrl", "https://me:secret@example.com", expect.any(String), "a URL that may have a password in it"],
    ["apiKey", { key: "sk_live_1" }, "a string, or a function that gives one", "a value of another type"],
    ["dangerouslyAllowBrowser", "yes", "a boolean", '"yes"'],
  ])("%s: %o", async (path, value, expected, received) => {
    const error = await refusal({ ...server.options, [path]: value });
    expect(error).toMatchObject({ type: "invalid_argument", issues: [{ path, expected, received }] });
    expect(error.message).toContain(`${path}: expected `);
  });

  it("are all checked, and every problem is listed", async () => {
    const error = await refusal({
      ...server.options,
      page: 0,
      limit: 0,
      companyId: "",
      timeout: -1,
      retries: 3,
    });
    expect(error.issues.map(({ path }) => path)).toEqual([
      "retries",
      "page",
      "limit",
      "companyId",
      "timeout",
    ]);
  });

  it("that have no meaning are refused, without showing what may be a key", async () => {
    const error = await refusal({ ...server.options, apikey: "sk_live_misspelt" });
    expect(error.issues).toEqual([
      { path: "apikey", expected: expect.stringContaining("apiKey, baseUrl"), received: "an unknown name" },
    ]);
    expect(JSON.stringify(error)).not.toContain("misspelt");
  });

  it("need a companyId for an ATS key", async () => {
    const error = await refusal({ ...server.options, keyType: "ats" });
    expect(error).toMatchObject({
      type: "invalid_argument",
      issues: [{ path: "companyId", received: "undefined" }],
    });
  });

  it("that are undefined are absent", async () => {
    const options = {
      ...server.options,
      page: undefined,
      limit: undefined,
      signal: undefined,
      timeout: undefined,
    };
    expect((await listPhoneNumbers(options as never)).page).toBe(1);
    const client = new InstaViewClient({ ...server.options, signal: undefined, pages: undefined } as never);
    expect((await client.listPhoneNumbers()).page).toBe(1);
  });
});

describe("options that are no plain object", () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const throwing = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error("no");
      },
    },
  );
  it.each([
    ["null", null],
    ["a number", 7],
    ["a string", "page=2"],
    ["an array", [{ page: 2 }]],
    ["a Map", new Map([["page", 2]])],
    ["a function", () => {}],
    [
      "an instance",
      new (class {
        page = 2;
      })(),
    ],
    [
      "an heir of an object without a prototype",
      Object.create(Object.assign(Object.create(null), { page: 2 })),
    ],
    ["a revoked Proxy", proxy],
    ["a Proxy that throws", throwing],
  ])("%s", async (_, options) => {
    const { type, issues } = await refusal(options);
    expect(type).toBe("invalid_argument");
    expect(issues[0]).toMatchObject({ path: "options", expected: "a plain object" });
  });

  it("are refused from a client too, by the name of the argument", async () => {
    const client = new InstaViewClient([] as never);
    const error = await rejection(client.listPhoneNumbers(null as never, 7 as never));
    expect(
      (error as InstaViewError).issues.slice(0, 3).map(({ path, received }) => `${path}: ${received}`),
    ).toEqual(["options: an array", "params: null", "options: 7"]);
  });
});

describe("an unusual plain object", () => {
  it.each([
    ["frozen", () => Object.freeze({ ...server.options, page: 2 })],
    ["without a prototype", () => Object.assign(Object.create(null), server.options, { page: 2 })],
    ["of another realm", () => Object.assign(runInNewContext("({})"), server.options, { page: 2 })],
    [
      "with a getter",
      () => ({
        ...server.options,
        get page() {
          return 2;
        },
      }),
    ],
    ["behind a Proxy", () => new Proxy({ ...server.options, page: 2 }, {})],
  ])("%s is fine", async (_, options) => {
    expect((await listPhoneNumbers(options())).page).toBe(2);
  });

  it("with a getter that throws is refused by that name", async () => {
    const error = await refusal({
      ...server.options,
      get limit() {
        throw new Error("no");
      },
    });
    expect(error.issues).toMatchObject([{ path: "limit", received: "Symbol(a getter that throws)" }]);
  });
});

it("what looks like a key is not shown as the name of an option", async () => {
  const error = await rejection(listPhoneNumbers({ ...server.options, sk_live_misplaced: 1 } as object));
  expect(error).toMatchObject({ type: "invalid_argument", issues: [{ path: "sk_…" }] });
  expect(String(error)).not.toContain("misplaced");
});

it.each([[null], [0], [""], [false], [1], ["options"]])(
  "a client refuses %o as its options",
  async (options) => {
    vi.stubEnv("INSTAVIEW_BASE_URL", "https://example.com");
    const client = new InstaViewClient(options as never);
    const error = await rejection(client.listPhoneNumbers({ page: 2 }, { maxRetries: 0 }));
    vi.unstubAllEnvs();
    expect(error).toMatchObject({ type: "invalid_argument", issues: [{ path: "options" }] });
  },
);

describe("a polluted Object.prototype", () => {
  const polluted = Object.prototype as unknown as Record<string, unknown>;
  afterEach(() => {
    delete polluted.page;
    delete polluted.baseUrl;
    delete polluted.url;
  });

  it("gives no address", async () => {
    const fetch = vi.fn();
    polluted.url = "https://attacker.example/x";
    const options = { apiKey: "sk_test_1", baseUrl: "http://insecure.example", fetch };
    const error = await rejection(listPhoneNumbers(options));
    delete polluted.url;
    expect(error).toMatchObject({ type: "configuration", issues: [{ path: "baseUrl" }] });
    expect(fetch).not.toHaveBeenCalled();
  });

  it("gives no options", async () => {
    // The server is not asked: it is polluted too.
    const sent: string[] = [];
    const fetch = async (url: string) => {
      sent.push(url);
      return new Response();
    };
    polluted.page = 7;
    polluted.baseUrl = "https://attacker.example";
    const client = new InstaViewClient({ apiKey: "sk_test_1", fetch });
    await rejection(client.listPhoneNumbers());
    await rejection(listPhoneNumbers({ apiKey: "sk_test_1", fetch }));
    expect(sent).toEqual(Array(2).fill("https://api.instaview.sk/phone-numbers"));
  });
});

describe("options that inherit members", () => {
  /** An object without any of its own, whose prototype may come from where it looks like a plain object's. */
  const heirs: [string, (members: object) => object][] = [
    ["from a plain object", (members) => Object.create({ ...members })],
    [
      "from an object without a prototype",
      (members) => Object.create(Object.assign(Object.create(null), members)),
    ],
    [
      "from an object of another realm",
      (members) => Object.create(Object.assign(runInNewContext("({})"), members)),
    ],
    [
      "from an heir of null",
      (members) => Object.create(Object.create(Object.assign(Object.create(null), members))),
    ],
    [
      "behind a Proxy",
      (members) => new Proxy({}, { getPrototypeOf: () => Object.assign(Object.create(null), members) }),
    ],
  ];

  it.each(heirs)("are refused or counted, not dropped: %s", async (_, heir) => {
    const client = new InstaViewClient(server.options);
    const { options } = server;
    const calls: [string, () => Promise<unknown>][] = [
      ["options", () => listPhoneNumbers(heir({ ...options, page: 2 }))],
      ["a client's options", () => new InstaViewClient(heir(options)).listPhoneNumbers({ page: 2 })],
      ["params", () => client.listPhoneNumbers(heir({ page: 2 }))],
      ["a call's options", () => client.listPhoneNumbers({ page: 2 }, heir({ headers: { "x-a": "1" } }))],
      ["a listing's params", () => client.listAllPhoneNumbers(heir({ limit: 5 })).toArray({ limit: 1 })],
      ["toArray's options", () => client.listAllPhoneNumbers().toArray(heir({ limit: 1 }))],
      ["criteria", () => client.findPhoneNumber(heir({ provider: "NONE" }))],
    ];
    for (const [what, call] of calls) {
      expect(await rejection(call()), what).toMatchObject({ type: "invalid_argument", attempts: 0 });
    }
    expect(server.sandbox.requests).toEqual([]);
  });
});
