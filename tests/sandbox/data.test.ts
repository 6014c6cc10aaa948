import { expect, test } from "vitest";
import { COMPANIES } from "../../www/sandbox/index.ts";

const numbers = Object.values(COMPANIES).flatMap(({ phoneNumbers }) => phoneNumbers);

test("the companies have 237, a few dozen and no phone numbers", () => {
  expect(COMPANIES.large.phoneNumbers).toHaveLength(237);
  expect(COMPANIES.small.phoneNumbers).toHaveLength(41);
  expect(COMPANIES.empty.phoneNumbers).toHaveLength(0);
});

test("the data is the same at every start", () => {
  expect(COMPANIES.large.phoneNumbers[0]).toEqual({
    id: "c83828d1-3520-4bcf-ad00-69c08ab105ca",
    number: "+498999998474",
    companyId: COMPANIES.large.id,
    capabilities: "INBOUND",
    custom: false,
    provider: "TWILIO",
    status: "PENDING",
    numberType: "LOCAL",
    createdAt: "2025-06-16T12:55:43.826Z",
    updatedAt: "2025-07-28T22:55:43.331Z",
    location: "München, DE",
  });
});

test("ids are unique v4 UUIDs and numbers unique E.164", () => {
  const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  for (const company of Object.values(COMPANIES)) expect(company.id).toMatch(uuidV4);
  for (const { id, number } of numbers) {
    expect(id).toMatch(uuidV4);
    expect(number).toMatch(/^\+[1-9]\d{9,14}$/);
  }
  expect(new Set(numbers.map(({ id }) => id)).size).toBe(numbers.length);
  expect(new Set(numbers.map(({ number }) => number)).size).toBe(numbers.length);
});

test("times are ISO 8601 with milliseconds, and nothing is updated before it is created", () => {
  for (const { createdAt, updatedAt } of numbers) {
    expect(new Date(createdAt).toISOString()).toBe(createdAt);
    expect(new Date(updatedAt).toISOString()).toBe(updatedAt);
    expect(updatedAt >= createdAt).toBe(true);
  }
});

test.each([
  ["capabilities", ["OUTBOUND", "INBOUND", "INBOUND_OUTBOUND"]],
  ["provider", ["TWILIO", "TELNYX", "VONAGE"]],
  ["status", ["AVAILABLE", "IN_USE", "PENDING"]],
  ["numberType", ["LOCAL", "MOBILE", "TOLL_FREE"]],
  ["custom", [true, false]],
] as const)("every value of %s occurs in the large company", (field, values) => {
  const found = COMPANIES.large.phoneNumbers.map((number) => number[field]);
  expect(new Set<unknown>(found)).toEqual(new Set<unknown>(values));
});

test("locations are non-ASCII, null or absent here and there", () => {
  const locations = COMPANIES.large.phoneNumbers.map(({ location }) => location);
  expect(locations).toEqual(
    expect.arrayContaining(["Košice, SK", "Żary, PL", "São Paulo, BR", "東京, JP", null]),
  );
  expect(COMPANIES.large.phoneNumbers.some((number) => !("location" in number))).toBe(true);
});
