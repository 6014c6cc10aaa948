import { InstaViewError, listPhoneNumbers } from "instaview-phone-numbers";
import { describe, expect, it } from "vitest";
import { COMPANIES, type Fault, SANDBOX_KEYS, type ScriptedAnswer } from "../../www/sandbox/index.ts";
import { rejection, useSandbox } from "./sandbox.ts";

const server = useSandbox();

/** What a call fails with when the server gives this answer. */
async function failure(answer: ScriptedAnswer): Promise<InstaViewError> {
  server.sandbox.answerNext(answer);
  const error = await rejection(listPhoneNumbers(server.options));
  expect(error).toBeInstanceOf(InstaViewError);
  return error as InstaViewError;
}

describe("an error of the API", () => {
  it("has what InstaView's shape says", async () => {
    const error = await rejection(listPhoneNumbers({ ...server.options, apiKey: "sk_test_unknown" }));
    expect(error).toMatchObject({
      type: "authentication",
      status: 401,
      code: "INVALID_API_KEY",
      messages: [expect.any(String)],
      issues: [],
      requestId: expect.any(String),
      attempts: 1,
    });
  });

  it("has what the NestJS shape says, every message of it", async () => {
    const messages = ["page must not be less than 1", "limit must be an integer number"];
    const error = await failure({
      status: 400,
      headers: { "X-Request-Id": "request-7" },
      body: { statusCode: 400, message: messages, error: "Bad Request" },
    });
    expect(error).toMatchObject({ type: "bad_request", status: 400, messages, requestId: "request-7" });
    expect(error.message).toBe(`InstaView answered 400: ${messages.join("; ")}`);
    expect(error.code).toBeUndefined();
  });

  it("has its code in its message shortened and without control characters, as the server's messages are", async () => {
    const code = `INVALID\n\u001b[31m\u0000\u0085${"X".repeat(10_000)}`;
    for (const status of [200, 400, 503]) {
      const error = await failure({ status, body: { success: false, error: { code, message: "No" } } });
      expect(error.message).toContain("INVALID");
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(error.message).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      expect(error.message.length).toBeLessThan(200);
      expect(error.code).toBe(code);
    }
  });

  it("keeps the details", async () => {
    const details = { scopes: ["phone-numbers:read"], nested: { deep: [1, 2] } };
    const body = { success: false, data: null, error: { code: "MISSING_SCOPE", message: "No", details } };
    expect((await failure({ status: 403, body })).details).toStrictEqual(details);
  });

  it.each([
    [400, "bad_request"],
    [401, "authentication"],
    [403, "permission"],
    [404, "not_found"],
    [408, "http"],
    [409, "http"],
    [418, "http"],
    [422, "bad_request"],
    [429, "rate_limit"],
    [500, "server"],
    [502, "server"],
    [503, "server"],
    [504, "server"],
  ])("with status %i is of type %s, whatever its body", async (status, type) => {
    const broken: Fault = { type: "truncate-body", afterBytes: 2 };
    for (const answer of [
      {},
      { body: "<html><h1>Bad gateway</h1></html>", headers: { "Content-Type": "text/html" } },
      { body: '{"success":fal' },
      { body: Uint8Array.of(0x22, 0xc3, 0x28, 0x22) },
      { body: { error: { message: "No" } }, fault: broken },
    ]) {
      expect(await failure({ status, ...answer })).toMatchObject({ type, status, attempts: 1 });
    }
  });

  it("may have status 200", async () => {
    const error = await failure({
      body: { success: false, data: null, error: { code: "INVALID_API_KEY", message: "Expired" } },
    });
    expect(error).toMatchObject({
      type: "authentication",
      status: 200,
      code: "INVALID_API_KEY",
      messages: ["Expired"],
    });
    expect(await failure({ body: { success: false } })).toMatchObject({
      type: "http",
      status: 200,
      messages: [],
    });
  });

  it("never repeats the key, even where the server does", async () => {
    const message = `The key ${SANDBOX_KEYS.company} is not known`;
    const body = { success: false, error: { code: "X", message, details: { key: SANDBOX_KEYS.company } } };
    for (const status of [200, 401]) {
      const error = await failure({ status, body });
      expect(error.messages).toEqual(["The key [key] is not known"]);
      expect(JSON.stringify(error) + error.stack).not.toContain(SANDBOX_KEYS.company);
    }
  });

  it.each([301, 302, 303, 307, 308])("is a redirect with status %i: it is not followed", async (status) => {
    const error = await failure({ status, headers: { Location: `${server.sandbox.url}/v1/phone-numbers` } });
    expect(error).toMatchObject({ type: "http", status });
    expect(error.message).toContain("redirect");
    expect(server.sandbox.requests).toHaveLength(1);
  });
});

describe("the keys of the sandbox", () => {
  const { large, small } = COMPANIES;
  it.each([
    ["suspended", {}, "permission", 403],
    ["withoutScope", {}, "permission", 403],
    ["company", { companyId: small.id }, "permission", 403],
    ["ats", {}, "bad_request", 400],
    ["ats", { companyId: small.id }, "permission", 403],
  ] as const)("%s with %o: %s", async (key, params, type, status) => {
    const error = await rejection(
      listPhoneNumbers({ ...server.options, ...params, apiKey: SANDBOX_KEYS[key] }),
    );
    expect(error).toMatchObject({ type, status });
  });

  it("ats with a company of its own lists that company's numbers", async () => {
    const page = await listPhoneNumbers({ ...server.options, apiKey: SANDBOX_KEYS.ats, companyId: large.id });
    expect(page.total).toBe(237);
  });
});
