import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { COMPANIES, type Sandbox, startSandbox } from "../../www/sandbox/index.ts";
import { get } from "./client.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

test.each([
  ["page=0", "page must not be less than 1"],
  ["page=-1", "page must not be less than 1"],
  ["page=10001", "page must not be greater than 10000"],
  ["page=1.5", "page must be an integer number"],
  ["page=", "page must be an integer number"],
  ["page=1&page=2", "page must be an integer number"],
  ["limit=0", "limit must not be less than 1"],
  ["limit=101", "limit must not be greater than 100"],
  ["limit=1e1", "limit must be an integer number"],
  ["limit=ten", "limit must be an integer number"],
  ["companyId=tatra", "companyId must be a UUID"],
  ["companyId=", "companyId must be a UUID"],
])("%s is refused", async (query, message) => {
  const response = await get(`${sandbox.url}/phone-numbers?${query}`);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ statusCode: 400, message: [message], error: "Bad Request" });
});

test("every wrong field has a message", async () => {
  const response = await get(`${sandbox.url}/phone-numbers?page=0&limit=500&companyId=1`);
  expect(await response.json()).toMatchObject({
    message: [
      "page must not be less than 1",
      "limit must not be greater than 100",
      "companyId must be a UUID",
    ],
  });
});

test("an unknown parameter is ignored", async () => {
  expect((await get(`${sandbox.url}/phone-numbers?sort=number`)).status).toBe(200);
});

test("the pages together are the whole list, in order", async () => {
  const data: unknown[] = [];
  for (const page of [1, 2, 3]) {
    const response = await get(`${sandbox.url}/phone-numbers?page=${page}&limit=100`);
    const answer = (await response.json()) as { data: unknown[] };
    expect(answer).toMatchObject({ total: 237, page, limit: 100, totalPages: 3 });
    data.push(...answer.data);
  }
  expect(data).toEqual(COMPANIES.large.phoneNumbers);
});

test("a page after the last is empty", async () => {
  const response = await get(`${sandbox.url}/phone-numbers?page=10000&limit=100`);
  expect(await response.json()).toEqual({ data: [], total: 237, page: 10_000, limit: 100, totalPages: 3 });
});
