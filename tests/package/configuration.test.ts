import { inspect } from "node:util";
import { InstaViewClient, type InstaViewError, listPhoneNumbers } from "instaview-phone-numbers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { SANDBOX_KEYS } from "../../www/sandbox/index.ts";
import { rejection, useSandbox } from "./sandbox.ts";

const server = useSandbox();

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

/** The one problem of a call that is refused before anything is sent. */
async function problem(options: object) {
  const error = (await rejection(listPhoneNumbers(options))) as InstaViewError;
  expect(server.sandbox.requests).toEqual([]);
  expect(error).toMatchObject({ type: "configuration", attempts: 0, issues: [expect.anything()] });
  return { ...error.issues[0], message: error.message };
}

describe("environment variables", () => {
  it("give the key and the base URL where the options do not", async () => {
    vi.stubEnv("INSTAVIEW_API_KEY", SANDBOX_KEYS.company);
    vi.stubEnv("INSTAVIEW_BASE_URL", `${server.sandbox.url}/v1`);
    expect((await listPhoneNumbers()).total).toBe(237);
    expect((await new InstaViewClient().listPhoneNumbers()).total).toBe(237);
    expect(server.sandbox.requests.map(({ path }) => path)).toEqual([
      "/v1/phone-numbers",
      "/v1/phone-numbers",
    ]);
  });

  it("do not count against an option", async () => {
    vi.stubEnv("INSTAVIEW_API_KEY", "sk_test_other");
    vi.stubEnv("INSTAVIEW_BASE_URL", "http://127.0.0.1:1");
    expect((await listPhoneNumbers(server.options)).total).toBe(237);
  });

  it("are named when they are wrong", async () => {
    vi.stubEnv("INSTAVIEW_API_KEY", "sk_test with spaces");
    expect(await problem({ baseUrl: server.sandbox.url })).toMatchObject({ path: "INSTAVIEW_API_KEY" });
    vi.stubEnv("INSTAVIEW_BASE_URL", "nowhere");
    const error = await rejection(listPhoneNumbers({ apiKey: "sk_test_1" }));
    expect(error).toMatchObject({
      type: "invalid_argument",
      issues: [{ path: "INSTAVIEW_BASE_URL", received: '"nowhere"' }],
    });
  });

  it("may be out of reach, or missing altogether", async () => {
    const refusing = {
      get env(): never {
        throw new Error("Requires env access");
      },
    };
    for (const process of [refusing, {}, undefined]) {
      vi.stubGlobal("process", process);
      expect(await problem({})).toMatchObject({ path: "apiKey" });
    }
  });
});

describe("the key", () => {
  it("is required by InstaView itself, and only there", async () => {
    expect((await problem({})).message).toContain("INSTAVIEW_API_KEY");
    expect(await problem({ baseUrl: "https://api.instaview.sk/v1" })).toMatchObject({ path: "apiKey" });

    const error = await rejection(listPhoneNumbers({ baseUrl: server.sandbox.url }));
    expect(error).toMatchObject({ type: "authentication" });
    expect(server.sandbox.requests[0]?.headers).not.toHaveProperty("authorization");
  });

  it.each(["", " sk_test_1", "sk_test_1\n", "sk_test 1", "sk_tést_1", "sk_test_\u{1F511}"])(
    "is visible ASCII, and is not quoted: %j",
    async (apiKey) => {
      const { path, message } = await problem({ ...server.options, apiKey });
      expect(path).toBe("apiKey");
      expect(message).not.toContain("sk_t");
    },
  );

  it.each(["http://example.com", "http://10.0.0.1:8080/v1", "http://127.0.0.1.example.com"])(
    "does not go over %s",
    async (baseUrl) => {
      expect(await problem({ ...server.options, baseUrl })).toMatchObject({ path: "baseUrl" });
    },
  );

  it("is not printed with the client", () => {
    const client = new InstaViewClient(server.options);
    const printed = inspect(client, { depth: null, showHidden: true }) + JSON.stringify(client);
    expect(printed).not.toContain(SANDBOX_KEYS.company);
  });
});

describe("in a browser", () => {
  it("a key needs permission", async () => {
    vi.stubGlobal("document", { baseURI: "https://app.example.com/" });
    const { message } = await problem(server.options);
    expect(message).toContain("dangerouslyAllowBrowser");
    expect((await listPhoneNumbers({ ...server.options, dangerouslyAllowBrowser: true })).total).toBe(237);
  });

  it("a key needs permission in a worker too", async () => {
    vi.stubGlobal("importScripts", () => {});
    await problem(server.options);
  });

  it("a base URL may be relative", async () => {
    vi.stubGlobal("document", { baseURI: `${server.sandbox.url}/dashboard/` });
    await rejection(listPhoneNumbers({ baseUrl: "../v1" }));
    expect(server.sandbox.requests.map(({ path }) => path)).toEqual(["/v1/phone-numbers"]);
  });
});

it("a missing fetch is said, not waited for", async () => {
  vi.stubGlobal("fetch", undefined);
  const error = await rejection(listPhoneNumbers(server.options));
  expect(error).toMatchObject({ type: "configuration", attempts: 0 });
  expect((error as Error).message).toContain("fetch");
});
