import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { COMPANIES, type Envelope, type Sandbox, startSandbox } from "../../www/sandbox/index.ts";
import { get } from "./client.ts";

const NOW = Date.UTC(2025, 0, 15, 10, 30);
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ now: () => NOW });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const items = COMPANIES.large.phoneNumbers.slice(2, 4);
const counts = { total: 237, page: 2, limit: 2, totalPages: 119 };
const flat = { data: items, ...counts };
const success = { success: true, error: null, timestamp: "2025-01-15T10:30:00.000Z" };
const pagination = { ...counts, hasNextPage: true, hasPreviousPage: true };

const bodies: Record<Envelope, object> = {
  flat,
  nested: { data: flat },
  guide: { ...success, data: { items, pagination } },
  enveloped: { ...success, data: flat },
  "enveloped-nested": { ...success, data: { data: flat } },
};

test.each(Object.entries(bodies) as [Envelope, object][])("%s", async (envelope, body) => {
  sandbox.envelope = envelope;
  const response = await get(`${sandbox.url}/phone-numbers?page=2&limit=2`);
  expect(response.headers.get("Content-Type")).toBe("application/json");
  expect(await response.json()).toEqual(body);
});

test("the guide's envelope says where the list begins and ends", async () => {
  sandbox.envelope = "guide";
  const first = await get(`${sandbox.url}/phone-numbers?limit=100`);
  expect(await first.json()).toMatchObject({
    data: { pagination: { hasNextPage: true, hasPreviousPage: false } },
  });
  const last = await get(`${sandbox.url}/phone-numbers?limit=100&page=3`);
  expect(await last.json()).toMatchObject({
    data: { pagination: { hasNextPage: false, hasPreviousPage: true } },
  });
});
