import { afterEach, beforeEach, expect, test } from "vitest";
import { BEHAVIOURS, type BehaviourName, type Sandbox, startSandbox } from "../../www/sandbox/index.ts";
import { get } from "./client.ts";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

test.each<[BehaviourName, number[]]>([
  ["normal", [200, 200]],
  ["flaky", [503, 200, 503, 200]],
  ["busy", [429, 200, 429]],
  ["unauthorized", [401, 401]],
  ["forbidden", [403]],
  ["missing", [404]],
  ["rejected", [400]],
  ["limited", [429]],
  ["down", [503, 503]],
  ["unsuccessful", [200]],
  ["html", [200]],
])("%s answers %j", async (name, statuses) => {
  sandbox.behaviour = BEHAVIOURS[name].create();
  for (const status of statuses) expect((await get(`${sandbox.url}/phone-numbers`)).status).toBe(status);
});

test("exhausted leaves nothing of the minute, and the next starts soon", async () => {
  sandbox.behaviour = BEHAVIOURS.exhausted.create();
  const before = Date.now();
  const { headers } = await get(`${sandbox.url}/phone-numbers`);
  expect(headers.get("X-RateLimit-Remaining-Minute")).toBe("0");
  const reset = Number(headers.get("X-RateLimit-Reset-Minute")) * 1000;
  expect(reset).toBeGreaterThanOrEqual(before + 8_000);
  expect(headers.get("X-RateLimit-Remaining-Hour")).toBe("1999");
});

test("changing adds a number after the first page, so that one comes twice", async () => {
  sandbox.behaviour = BEHAVIOURS.changing.create();
  const page = async (number: number) =>
    (await get(`${sandbox.url}/phone-numbers?limit=100&page=${number}`)).json();
  const [first, second] = [await page(1), await page(2)];
  expect([first.total, second.total]).toEqual([237, 238]);
  expect(second.data[0]).toEqual(first.data[99]);
});

test("malformed breaks every third number, and silent says nothing", async () => {
  sandbox.behaviour = BEHAVIOURS.malformed.create();
  const { data } = await (await get(`${sandbox.url}/phone-numbers?limit=4`)).json();
  expect(data.map((number: object) => "status" in number)).toEqual([false, true, true, false]);

  sandbox.behaviour = BEHAVIOURS.silent.create();
  const silent = expect(get(`${sandbox.url}/phone-numbers`)).rejects.toThrow();
  await sandbox.requestReceived(2);
  await sandbox.close();
  await silent;
});

test("reset ends it", async () => {
  sandbox.behaviour = BEHAVIOURS.down.create();
  sandbox.reset();
  expect((await get(`${sandbox.url}/phone-numbers`)).status).toBe(200);
});
