import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { COMPANIES, SANDBOX_KEYS, type Sandbox, startSandbox } from "../../www/sandbox/index.ts";
import { get } from "./client.ts";

const NOW = Date.UTC(2025, 0, 15, 10, 30);
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ now: () => NOW });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const list = (query: string, key: string) => get(`${sandbox.url}/phone-numbers${query}`, key);

async function expectError(response: Response, status: number, code: string) {
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({
    success: false,
    data: null,
    error: { code, message: expect.any(String), details: expect.any(Object) },
    timestamp: "2025-01-15T10:30:00.000Z",
  });
}

test("keys look like real ones", () => {
  const keys = Object.values(SANDBOX_KEYS);
  for (const key of keys) expect(key).toMatch(/^sk_test_[0-9A-Za-z]{30,40}$/);
  expect(new Set(keys).size).toBe(keys.length);
});

describe("a company key", () => {
  test.each([
    ["no companyId", ""],
    ["its own companyId", `?companyId=${COMPANIES.large.id}`],
    ["its own companyId in capitals", `?companyId=${COMPANIES.large.id.toUpperCase()}`],
  ])("sees its own company with %s", async (_, query) => {
    const response = await list(query, SANDBOX_KEYS.company);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      data: COMPANIES.large.phoneNumbers.slice(0, 20),
      total: 237,
      page: 1,
      limit: 20,
      totalPages: 12,
    });
  });

  test("does not see another company", async () => {
    const response = await list(`?companyId=${COMPANIES.small.id}`, SANDBOX_KEYS.company);
    await expectError(response, 403, "COMPANY_ACCESS_DENIED");
  });

  test("of another company sees that one", async () => {
    const response = await list("?limit=100", SANDBOX_KEYS.otherCompany);
    expect(await response.json()).toMatchObject({ data: COMPANIES.small.phoneNumbers, total: 41 });
  });
});

describe("an ATS partner key", () => {
  test("needs a companyId", async () => {
    await expectError(await list("", SANDBOX_KEYS.ats), 400, "COMPANY_ID_REQUIRED");
  });

  test("sees each of its companies", async () => {
    const large = await list(`?companyId=${COMPANIES.large.id}`, SANDBOX_KEYS.ats);
    expect(await large.json()).toMatchObject({ total: 237 });
    const empty = await list(`?companyId=${COMPANIES.empty.id}`, SANDBOX_KEYS.ats);
    expect(await empty.json()).toEqual({ data: [], total: 0, page: 1, limit: 20, totalPages: 0 });
  });

  test("does not see another company", async () => {
    const response = await list(`?companyId=${COMPANIES.small.id}`, SANDBOX_KEYS.ats);
    await expectError(response, 403, "COMPANY_ACCESS_DENIED");
  });
});

test("a suspended key is refused", async () => {
  await expectError(await list("", SANDBOX_KEYS.suspended), 403, "API_KEY_SUSPENDED");
});

test("a key without the scope is refused", async () => {
  await expectError(await list("", SANDBOX_KEYS.withoutScope), 403, "INSUFFICIENT_SCOPE");
});

test.each([
  ["a missing header", {}],
  ["another scheme", { Authorization: `Basic ${SANDBOX_KEYS.company}` }],
  ["a bare key", { Authorization: SANDBOX_KEYS.company }],
  ["an empty key", { Authorization: "Bearer " }],
  ["an unknown key", { Authorization: `Bearer ${SANDBOX_KEYS.company}x` }],
])("%s is unauthorized", async (_, headers) => {
  const response = await fetch(`${sandbox.url}/phone-numbers`, { headers });
  await expectError(response, 401, "INVALID_API_KEY");
});

test("an unknown path is not found", async () => {
  await expectError(await get(`${sandbox.url}/phone-number`), 404, "NOT_FOUND");
  await expectError(await fetch(`${sandbox.url}/v2/phone-numbers`), 404, "NOT_FOUND");
});

test.each(["POST", "PUT", "DELETE", "OPTIONS"])("the method %s is not allowed", async (method) => {
  const response = await fetch(`${sandbox.url}/phone-numbers`, { method });
  expect(response.headers.get("Allow")).toBe("GET, HEAD");
  await expectError(response, 405, "METHOD_NOT_ALLOWED");
});

test.each(["/v1", "/v1/public"])("the API is also below %s", async (base) => {
  const response = await get(`${sandbox.url}${base}/phone-numbers`);
  expect(await response.json()).toMatchObject({ total: 237 });
});
