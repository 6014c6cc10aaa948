import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../www/sandbox/index.ts";
import { get, rawGet } from "./client.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const list = () => get(`${sandbox.url}/phone-numbers`);

test("answers are given in order, then the API answers again", async () => {
  sandbox.answerNext({ status: 500 }, { status: 503 });
  sandbox.answerNext({ body: { data: [] } });
  const statuses = [];
  for (let i = 0; i < 4; i++) statuses.push((await list()).status);
  expect(statuses).toEqual([500, 503, 200, 200]);
});

test("only requests for phone numbers take one", async () => {
  sandbox.answerNext({ status: 418 });
  await fetch(`${sandbox.url}/phone-numbers`, {
    method: "OPTIONS",
    headers: { Origin: "https://dashboard.example", "Access-Control-Request-Method": "GET" },
  });
  await get(`${sandbox.url}/nowhere`);
  expect((await get(`${sandbox.url}/v1/public/phone-numbers?page=2`)).status).toBe(418);
});

test("a scripted answer checks no key and counts no request", async () => {
  sandbox.answerNext({ body: "ok" });
  const scripted = await fetch(`${sandbox.url}/phone-numbers`);
  expect(scripted.status).toBe(200);
  expect(scripted.headers.has("X-RateLimit-Limit-Minute")).toBe(false);
  expect((await list()).headers.get("X-RateLimit-Remaining-Minute")).toBe("59");
});

describe("the body", () => {
  test("is JSON where it is an object", async () => {
    sandbox.answerNext({ status: 422, body: { location: "Košice" } });
    const response = await list();
    expect(response.status).toBe(422);
    expect(response.headers.get("Content-Type")).toBe("application/json; charset=utf-8");
    expect(await response.json()).toEqual({ location: "Košice" });
  });

  test("is sent untouched where it is text or bytes", async () => {
    const bytes = new Uint8Array([0x7b, 0xff, 0x00, 0x7d]);
    sandbox.answerNext({ body: '{"data":' }, { body: bytes });
    expect(await (await list()).text()).toBe('{"data":');
    expect(new Uint8Array(await (await list()).arrayBuffer())).toEqual(bytes);
  });

  test("is empty where there is none", async () => {
    sandbox.answerNext({ status: 502 }, { status: 204 });
    const response = await list();
    expect(response.headers.has("Content-Type")).toBe(false);
    expect(await response.text()).toBe("");
    expect((await list()).status).toBe(204);
  });
});

describe("headers", () => {
  test("go over those that every answer has", async () => {
    sandbox.answerNext({
      headers: { "content-type": "text/html", "X-Request-Id": "abc", "Retry-After": "3" },
      body: "<p>",
    });
    const { headers } = await list();
    expect(headers.get("Content-Type")).toBe("text/html");
    expect(headers.get("X-Request-Id")).toBe("abc");
    expect(headers.get("Retry-After")).toBe("3");
  });

  test("may occur twice, or be left out", async () => {
    sandbox.answerNext({
      headers: { "Retry-After": ["1", "2"], Date: [], "Access-Control-Allow-Origin": [] },
    });
    const { headers } = await list();
    expect(headers.get("Retry-After")).toBe("1, 2");
    expect(headers.has("Date")).toBe(false);
    expect(headers.has("Access-Control-Allow-Origin")).toBe(false);
  });

  test("can redirect", async () => {
    sandbox.answerNext({ status: 302, headers: { Location: "/phone-numbers?page=2" } });
    const response = await list();
    expect(response.redirected).toBe(true);
    expect(sandbox.requests.map(({ url }) => url)).toEqual(["/phone-numbers", "/phone-numbers?page=2"]);
  });
});

describe("faults", () => {
  test("stall-before-headers sends nothing until the client leaves", async () => {
    sandbox.answerNext({ fault: { type: "stall-before-headers" } });
    const controller = new AbortController();
    const response = fetch(`${sandbox.url}/phone-numbers`, { signal: controller.signal });
    const request = await sandbox.requestReceived(1);
    controller.abort();
    await expect(response).rejects.toThrow("aborted");
    await request.closed;
    expect(request.aborted).toBe(true);
  });

  test("stall-in-body sends half of the body", async () => {
    sandbox.answerNext({ body: "0123456789", fault: { type: "stall-in-body" } });
    const { text, errorCode } = await rawGet(sandbox.url, "01234");
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(text).toContain("Content-Length: 10\r\n");
    expect(text).toMatch(/\r\n\r\n01234$/);
    expect(errorCode).toBeUndefined();
    const request = await sandbox.requestReceived(1);
    await request.closed;
    expect(request.aborted).toBe(true);
  });

  test("stall-in-body sends as many bytes as told, even none", async () => {
    sandbox.answerNext(
      { body: "0123456789", fault: { type: "stall-in-body", afterBytes: 8 } },
      { body: "0123456789", fault: { type: "stall-in-body", afterBytes: 0 } },
    );
    expect((await rawGet(sandbox.url, "01234567")).text).toMatch(/\r\n\r\n01234567$/);
    expect((await rawGet(sandbox.url, "\r\n\r\n")).text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  test("reset-before-headers resets the connection", async () => {
    sandbox.answerNext({ fault: { type: "reset-before-headers" } });
    expect(await rawGet(sandbox.url)).toEqual({ text: "", errorCode: "ECONNRESET" });
    const request = await sandbox.requestReceived(1);
    await request.closed;
    expect(request.aborted).toBe(false);
  });

  test("reset-in-body resets the connection in the body", async () => {
    sandbox.answerNext({ body: "0123456789", fault: { type: "reset-in-body" } });
    const response = await list();
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Length")).toBe("10");
    await expect(response.text()).rejects.toThrow();

    sandbox.answerNext({ body: "0123456789", fault: { type: "reset-in-body", afterBytes: 3 } });
    expect((await rawGet(sandbox.url)).text).toMatch(/\r\n\r\n012$/);
    expect(sandbox.requests).toMatchObject([{ aborted: false }, { aborted: false }]);
  });

  test("truncate-body ends the connection before Content-Length", async () => {
    sandbox.answerNext(
      { body: "0123456789", fault: { type: "truncate-body" } },
      { body: "0123456789", fault: { type: "truncate-body", afterBytes: 9 } },
    );
    const { text, errorCode } = await rawGet(sandbox.url);
    expect(text).toContain("Content-Length: 10\r\n");
    expect(text).toMatch(/\r\n\r\n01234$/);
    expect(errorCode).toBeUndefined();
    await expect(list().then((response) => response.text())).rejects.toThrow();
  });
});
