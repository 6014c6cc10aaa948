import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { SANDBOX_KEYS, type Sandbox, startSandbox } from "../../www/sandbox/index.ts";
import { get } from "./client.ts";

/** 30.5 seconds into the first minute of an hour. */
const START = Date.UTC(2025, 0, 15, 10, 0, 30, 500);
const MINUTE_RESET = Date.UTC(2025, 0, 15, 10, 1) / 1000;
const HOUR_RESET = Date.UTC(2025, 0, 15, 11, 0) / 1000;

let now = START;
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ rateLimit: { minute: 2, hour: 3 }, now: () => now });
});
beforeEach(() => {
  now = START;
  sandbox.reset();
});
afterAll(() => sandbox.close());

const list = (key?: string) => get(`${sandbox.url}/phone-numbers?limit=1`, key);

function rateLimit({ headers }: Response) {
  const window = (name: string) => ({
    limit: headers.get(`X-RateLimit-Limit-${name}`),
    remaining: headers.get(`X-RateLimit-Remaining-${name}`),
    reset: headers.get(`X-RateLimit-Reset-${name}`),
  });
  return { minute: window("Minute"), hour: window("Hour") };
}

test("every answer reports both windows", async () => {
  expect(rateLimit(await list())).toEqual({
    minute: { limit: "2", remaining: "1", reset: String(MINUTE_RESET) },
    hour: { limit: "3", remaining: "2", reset: String(HOUR_RESET) },
  });
});

test("the default is 60 a minute and 2000 an hour", async () => {
  const other = await startSandbox();
  const response = await get(`${other.url}/phone-numbers`);
  expect(rateLimit(response)).toMatchObject({
    minute: { limit: "60", remaining: "59" },
    hour: { limit: "2000", remaining: "1999" },
  });
  await other.close();
});

test.each([
  ["a parameter error", "/phone-numbers?page=0", SANDBOX_KEYS.company, 400],
  ["a refused key", "/phone-numbers", SANDBOX_KEYS.suspended, 403],
  ["an unknown path", "/nowhere", SANDBOX_KEYS.company, 404],
])("%s counts too", async (_, path, key, status) => {
  const response = await get(sandbox.url + path, key);
  expect(response.status).toBe(status);
  expect(rateLimit(response).minute.remaining).toBe("1");
});

test("an unknown key has no rate limit", async () => {
  const response = await list("sk_test_unknown");
  expect(response.status).toBe(401);
  expect(rateLimit(response).minute.limit).toBeNull();
});

test("a full minute refuses until it resets", async () => {
  await list();
  await list();
  const refused = await list();
  expect(refused.status).toBe(429);
  expect(refused.headers.get("Retry-After")).toBe("30");
  expect(rateLimit(refused)).toMatchObject({ minute: { remaining: "0" }, hour: { remaining: "1" } });
  expect(await refused.json()).toEqual({
    statusCode: 429,
    message: "Rate limit exceeded",
    error: "Too Many Requests",
    retryAfter: 30,
    limit: 2,
    remaining: 0,
    reset: MINUTE_RESET,
  });

  now = MINUTE_RESET * 1000 - 1;
  const stillRefused = await list();
  expect(stillRefused.status).toBe(429);
  expect(stillRefused.headers.get("Retry-After")).toBe("1");

  now = MINUTE_RESET * 1000;
  const accepted = await list();
  expect(accepted.status).toBe(200);
  expect(rateLimit(accepted)).toMatchObject({
    minute: { remaining: "1", reset: String(MINUTE_RESET + 60) },
    hour: { remaining: "0", reset: String(HOUR_RESET) },
  });
});

test("a full hour refuses in a minute that is not full", async () => {
  await list();
  await list();
  now = MINUTE_RESET * 1000;
  await list();
  const refused = await list();
  expect(refused.status).toBe(429);
  expect(refused.headers.get("Retry-After")).toBe(String(59 * 60));
  expect(rateLimit(refused)).toMatchObject({ minute: { remaining: "1" }, hour: { remaining: "0" } });
  expect(await refused.json()).toMatchObject({ limit: 3, remaining: 0, reset: HOUR_RESET });

  now = HOUR_RESET * 1000;
  expect((await list()).status).toBe(200);
});

test("each key has its own windows", async () => {
  await list();
  await list();
  expect((await list()).status).toBe(429);
  expect((await list(SANDBOX_KEYS.otherCompany)).status).toBe(200);
});
