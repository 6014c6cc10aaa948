import { gzipSync } from "node:zlib";
import { type InstaViewError, listPhoneNumbers } from "instaview-phone-numbers";
import { describe, expect, it } from "vitest";
import { COMPANIES, type ScriptedAnswer } from "../../www/sandbox/index.ts";
import { rejection, useSandbox } from "./sandbox.ts";

const server = useSandbox();
const [number] = COMPANIES.large.phoneNumbers;
const counts = { total: 1, page: 1, limit: 20, totalPages: 1 };

/** What a call fails with when the server gives this answer. */
async function failure(answer: ScriptedAnswer): Promise<InstaViewError> {
  server.sandbox.answerNext({ headers: { "X-Request-Id": "request-7" }, ...answer });
  return (await rejection(listPhoneNumbers(server.options))) as InstaViewError;
}

describe("an answer that is not a page", () => {
  const html = "<!doctype html><title>Welcome</title>";
  it.each([
    ["HTML", { body: html, headers: { "Content-Type": "text/html" } }, "not valid JSON"],
    ["empty", {}, "empty"],
    ["status 204", { status: 204 }, "empty"],
    ["truncated", { body: '{"data":[{"id":"1' }, "not valid JSON"],
    ["not UTF-8", { body: Uint8Array.of(0x22, 0xc3, 0x28, 0x22) }, "not valid UTF-8"],
    ["UTF-16", { body: new Uint8Array(Buffer.from('{"data":[]}', "utf16le")) }, "not valid JSON"],
    ["not compressed as it claims", { body: "{}", headers: { "Content-Encoding": "gzip" } }, "broke off"],
    ["more than 8 MiB", { body: `"${"x".repeat(8 * 1024 * 1024)}"` }, "more than 8 MiB"],
  ])("%s", async (_, answer, reason) => {
    const error = await failure(answer as ScriptedAnswer);
    expect(error.message).toContain(reason);
    expect(error.type).toBe(reason === "broke off" ? "connection" : "invalid_response");
    expect(error.status).toBe((answer as ScriptedAnswer).status ?? 200);
  });

  it("more than 8 MiB once it is inflated", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, " "));
    const error = await failure({ body: new Uint8Array(bomb), headers: { "Content-Encoding": "gzip" } });
    expect(error).toMatchObject({ type: "invalid_response" });
    expect(error.message).toContain("more than 8 MiB");
  });

  it.each([
    ["null", null, "$", "null"],
    ["an array", [number], "$", "an array"],
    ["an object without a page", { ok: true }, "$", "an object"],
    ["a page without its total", { data: [], page: 1, limit: 1, totalPages: 1 }, "$.total", "undefined"],
    ["a page of text", { ...counts, data: "none" }, "$", "an object"],
    ["a negative count", { ...counts, data: [], page: -1 }, "$.page", "-1"],
    ["a count as text", { data: { ...counts, items: [], limit: "20" } }, "$.data.limit", '"20"'],
    ["a number that is none", { ...counts, data: [number, 7] }, "$.data[1]", "7"],
    [
      "a number without an id",
      { ...counts, data: [{ ...number, id: undefined }] },
      "$.data[0].id",
      "undefined",
    ],
    [
      "a location of another type",
      { data: { ...counts, data: [{ ...number, location: 3 }] } },
      "$.data.data[0].location",
      "3",
    ],
  ])("%s", async (_, body, path, received) => {
    const error = await failure({ body: JSON.stringify(body) });
    expect(error).toMatchObject({
      type: "invalid_response",
      status: 200,
      requestId: "request-7",
      attempts: 1,
      issues: [{ path, received, expected: expect.any(String) }],
    });
    expect(error.message).toContain(path);
  });

  it("lists the first 20 problems", async () => {
    const error = await failure({ body: { ...counts, data: Array(100).fill({ ...number, custom: "no" }) } });
    expect(error.issues).toHaveLength(20);
    expect(error.issues[19]).toEqual({ path: "$.data[19].custom", expected: "a boolean", received: '"no"' });
  });
});

it("a byte order mark is no reason to refuse a page", async () => {
  server.sandbox.answerNext({ body: `\uFEFF${JSON.stringify({ ...counts, data: [number] })}` });
  expect((await listPhoneNumbers(server.options)).data).toStrictEqual([number]);
});

it("a member that appears twice counts by its last value", async () => {
  server.sandbox.answerNext({
    body: '{"data":[7],"total":0,"page":1,"limit":1,"totalPages":0,"data":[],"total":5}',
  });
  expect(await listPhoneNumbers(server.options)).toMatchObject({ data: [], total: 5 });
});
