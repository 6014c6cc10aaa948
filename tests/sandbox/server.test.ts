import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { SANDBOX_KEYS, type Sandbox, startSandbox } from "../../www/sandbox/index.ts";
import { get } from "./client.ts";

const globalsBefore = { Request, Response };
let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

describe("requests", () => {
  test("are recorded, whatever they ask for", async () => {
    await get(`${sandbox.url}/v1/phone-numbers?page=2&limit=5&q=a%20b`);
    await fetch(`${sandbox.url}/nowhere`, { method: "POST", headers: { "X-Custom": "1" } });
    const [first, second] = sandbox.requests;
    expect(first).toMatchObject({
      method: "GET",
      url: "/v1/phone-numbers?page=2&limit=5&q=a%20b",
      path: "/v1/phone-numbers",
      headers: { authorization: `Bearer ${SANDBOX_KEYS.company}` },
    });
    expect(Object.fromEntries(first?.query ?? [])).toEqual({ page: "2", limit: "5", q: "a b" });
    expect(second).toMatchObject({ method: "POST", path: "/nowhere", headers: { "x-custom": "1" } });
  });

  test("include preflights", async () => {
    await fetch(`${sandbox.url}/phone-numbers`, {
      method: "OPTIONS",
      headers: { Origin: "https://dashboard.example", "Access-Control-Request-Method": "GET" },
    });
    expect(sandbox.requests).toMatchObject([{ method: "OPTIONS" }]);
  });

  test("that are answered are closed and not aborted", async () => {
    await (await get(`${sandbox.url}/phone-numbers`)).json();
    const request = await sandbox.requestReceived(1);
    await request.closed;
    expect(request.aborted).toBe(false);
  });

  test("can be waited for before they arrive", async () => {
    const second = sandbox.requestReceived(2);
    await get(`${sandbox.url}/phone-numbers?page=1`);
    await get(`${sandbox.url}/phone-numbers?page=2`);
    expect(await second).toBe(sandbox.requests[1]);
    expect((await sandbox.requestReceived(1)).url).toBe("/phone-numbers?page=1");
  });
});

describe("latency", () => {
  test("holds an answer back, and ends with the client", async () => {
    sandbox.latency = 3_600_000;
    const controller = new AbortController();
    const held = fetch(`${sandbox.url}/phone-numbers`, { signal: controller.signal });
    const request = await sandbox.requestReceived(1);
    sandbox.latency = 0;
    expect((await get(`${sandbox.url}/phone-numbers`)).status).toBe(200);
    controller.abort();
    await expect(held).rejects.toThrow("aborted");
    await request.closed;
    expect(request.aborted).toBe(true);
  });

  test("ends with the answer", async () => {
    sandbox.latency = 1;
    sandbox.answerNext({ status: 503 });
    expect((await get(`${sandbox.url}/phone-numbers`)).status).toBe(503);
    expect((await get(`${sandbox.url}/phone-numbers`)).status).toBe(200);
  });

  test("of zero needs no timers", async () => {
    vi.useFakeTimers();
    try {
      expect((await get(`${sandbox.url}/phone-numbers`)).status).toBe(200);
    } finally {
      vi.useRealTimers();
    }
  });
});

test("reset forgets everything", async () => {
  sandbox.envelope = "guide";
  sandbox.latency = 3_600_000;
  sandbox.reset();
  await get(`${sandbox.url}/phone-numbers`);
  sandbox.answerNext({ status: 503 });
  sandbox.reset();
  expect(sandbox.requests).toEqual([]);

  const response = await get(`${sandbox.url}/phone-numbers`);
  expect(response.status).toBe(200);
  expect(response.headers.get("X-RateLimit-Remaining-Minute")).toBe("59");
  expect(await response.json()).toMatchObject({ data: expect.any(Array), total: 237 });
  expect(await sandbox.requestReceived(1)).toBe(sandbox.requests[0]);
});

test("options are the state at start and after a reset", async () => {
  const other = await startSandbox({ envelope: "nested", latency: 1 });
  other.envelope = "flat";
  other.latency = 0;
  other.reset();
  expect(other.envelope).toBe("nested");
  expect(other.latency).toBe(1);
  await other.close();
});

describe("close", () => {
  test("ends stalled and idle connections", async () => {
    await get(`${sandbox.url}/phone-numbers`);
    sandbox.answerNext(
      { fault: { type: "stall-before-headers" } },
      { body: "0123456789", fault: { type: "stall-in-body" } },
    );
    const silent = get(`${sandbox.url}/phone-numbers`);
    const request = await sandbox.requestReceived(2);
    const halfway = await get(`${sandbox.url}/phone-numbers`);
    const failures = [expect(silent).rejects.toThrow(), expect(halfway.text()).rejects.toThrow()];
    await sandbox.close();
    await Promise.all(failures);
    await request.closed;
    expect(request.aborted).toBe(false);
    await expect(get(sandbox.url)).rejects.toThrow();
  });

  test("may be called twice", async () => {
    await sandbox.close();
    await sandbox.close();
  });
});

test("a port that is taken is an error", async () => {
  const port = Number(new URL(sandbox.url).port);
  await expect(startSandbox({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
});

test("the global Request and Response stay as they are", () => {
  expect({ Request, Response }).toEqual(globalsBefore);
});
