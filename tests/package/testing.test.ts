// The fake InstaView that users of the package test with.
import {
  type ClientOptions,
  InstaViewClient,
  listAllPhoneNumbers,
  type PhoneNumber,
} from "instaview-phone-numbers";
import {
  createFakeInstaView,
  type FakeInstaViewOptions,
  fakePhoneNumber,
} from "instaview-phone-numbers/testing";
import { afterEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import { rejection } from "./sandbox.ts";

const apiKey = "sk_test_any";
const headers = { Authorization: `Bearer ${apiKey}` };

/** A fake, and a client of it. */
function pair(options: FakeInstaViewOptions = {}, clientOptions: ClientOptions = {}) {
  const fake = createFakeInstaView(options);
  const client = new InstaViewClient({ apiKey, fetch: fake.fetch, ...clientOptions });
  return { fake, client };
}

/** What the fake answers to a request with a key. */
async function get(options: FakeInstaViewOptions, query: string, init: RequestInit = { headers }) {
  const response = await createFakeInstaView(options).fetch(`https://api.instaview.sk${query}`, init);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

afterEach(() => {
  vi.useRealTimers();
});

describe("its phone numbers", () => {
  it("are fifty by default, always the same ones, and each is another one", async () => {
    const [first, second] = [createFakeInstaView(), createFakeInstaView()];
    expect(first.phoneNumbers).toHaveLength(50);
    expect(second.phoneNumbers).toEqual(first.phoneNumbers);
    expect(new Set(first.phoneNumbers.map(({ id }) => id)).size).toBe(50);
    expect(new Set(first.phoneNumbers.map(({ number }) => number)).size).toBe(50);
  });

  it("may be as many as are needed, or one's own", async () => {
    expect((await pair({ phoneNumbers: 0 }).client.listPhoneNumbers()).total).toBe(0);
    const own = [fakePhoneNumber({ status: "RELEASED" }), fakePhoneNumber({ location: null })];
    const { client } = pair({ phoneNumbers: own });
    expect(await client.listAllPhoneNumbers({ consistency: "strict" }).toArray()).toEqual(own);
  });

  it("may be changed between requests", async () => {
    const { fake, client } = pair({ phoneNumbers: 1 });
    fake.phoneNumbers.push(fakePhoneNumber({ id: "another" }));
    expect((await client.listPhoneNumbers()).total).toBe(2);
    fake.phoneNumbers = [];
    expect((await client.listPhoneNumbers()).total).toBe(0);
    fake.reset();
    expect((await client.listPhoneNumbers()).total).toBe(1);
  });

  it("are the fake's own: a reset makes them what they were", async () => {
    const own = [fakePhoneNumber()];
    const fake = createFakeInstaView({ phoneNumbers: own });
    Object.assign(fake.phoneNumbers[0] ?? {}, { status: "IN_USE" });
    own.push(fakePhoneNumber());
    fake.reset();
    expect(fake.phoneNumbers).toEqual(own.slice(0, 1));
  });

  it("are of the public type, and a single one may differ in whatever it should", () => {
    expectTypeOf(createFakeInstaView().phoneNumbers).toEqualTypeOf<PhoneNumber[]>();
    const { id, ...number } = fakePhoneNumber({ number: "+12125550199" });
    const { id: otherId, ...other } = fakePhoneNumber({ number: "+12125550199", status: "IN_USE" });
    expect(other).toEqual({ ...number, status: "IN_USE" });
    expect(otherId).not.toBe(id);
  });
});

describe("every call of the package", () => {
  it.each(["flat", "nested", "guide", "enveloped"] as const)("works with it: %s", async (envelope) => {
    const { fake, client } = pair({ envelope, phoneNumbers: 237 });
    const page = await client.listPhoneNumbers({ page: 2, limit: 100 });
    expect(page).toEqual({
      data: fake.phoneNumbers.slice(100, 200),
      total: 237,
      page: 2,
      limit: 100,
      totalPages: 3,
      hasNextPage: true,
    });
    expect(await client.listAllPhoneNumbers({ concurrency: 2 }).toArray()).toEqual(fake.phoneNumbers);
    const found = await client.findPhoneNumber({ capability: "OUTBOUND", status: "AVAILABLE" });
    expect(found).toBeDefined();
    const all = listAllPhoneNumbers({ apiKey, fetch: fake.fetch, baseUrl: "https://example.com/proxied" });
    expect(await all.toArray()).toHaveLength(237);
  });

  it("is recorded", async () => {
    const { fake, client } = pair();
    const companyId = fake.phoneNumbers[0]?.companyId ?? "";
    await client.listPhoneNumbers({ page: 3, limit: 7, companyId });
    await client.listPhoneNumbers();
    const url = "https://api.instaview.sk/phone-numbers";
    expect(fake.requests).toEqual([
      { url: `${url}?page=3&limit=7&companyId=${companyId}`, page: 3, limit: 7, companyId },
      { url, page: 1, limit: 20 },
    ]);
    fake.reset();
    expect(fake.requests).toEqual([]);
  });

  it("gets the phone numbers of the company that it names", async () => {
    const other = "123e4567-e89b-12d3-a456-426614174000";
    const { fake, client } = pair({ phoneNumbers: 3 });
    fake.phoneNumbers.push(fakePhoneNumber({ companyId: other }));
    expect((await client.listPhoneNumbers()).total).toBe(4);
    expect((await client.listPhoneNumbers({ companyId: other.toUpperCase() })).total).toBe(1);
    expect((await client.listPhoneNumbers({ companyId: other.replace("1", "2") })).total).toBe(0);
  });
});

describe("it checks as InstaView does", () => {
  it.each([undefined, "", "sk_test_any", "Basic c2tfdGVzdA==", "Bearer", "Bearer a b"])(
    "the key: %j",
    async (authorization) => {
      const init = authorization === undefined ? {} : { headers: { Authorization: authorization } };
      const { status, body } = await get({}, "/phone-numbers", init);
      expect(status).toBe(401);
      expect(body).toMatchObject({ success: false, data: null, error: { code: "INVALID_API_KEY" } });
    },
  );

  it("the parameters, each of them", async () => {
    const { status, body } = await get({}, "/phone-numbers?page=0&limit=101&companyId=7");
    expect(status).toBe(400);
    expect(body).toEqual({
      statusCode: 400,
      error: "Bad Request",
      message: [
        "page must not be less than 1",
        "limit must not be greater than 100",
        "companyId must be a UUID",
      ],
    });
  });

  it.each([
    ["GET", "/agents"],
    ["POST", "/phone-numbers"],
    ["GET", "/phone-numbers/7"],
  ])("and says what it does not know: %s %s", async (method, path) => {
    const { status, body } = await get({}, path, { method, headers });
    expect(status).toBe(501);
    expect(body.error.message).toBe(
      `The fake InstaView knows GET /phone-numbers alone, not ${method} ${path}`,
    );
  });
});

describe("rate limits", () => {
  it("are not there, and not reported, unless they are asked for", async () => {
    const { headers } = await get({}, "/phone-numbers");
    expect([...headers.keys()]).toEqual(["content-type", "date", "x-request-id"]);
  });

  it("are counted by its clock for each key, and reported as documented", async () => {
    let now = Date.UTC(2026, 0, 15, 10, 30, 20);
    const fake = createFakeInstaView({ rateLimit: { minute: 2, hour: 3 }, now: () => now });
    const list = async (key: string) => {
      const init = { headers: { Authorization: `Bearer ${key}` } };
      const response = await fake.fetch("https://api.instaview.sk/phone-numbers", init);
      const names = ["Limit-Minute", "Remaining-Minute", "Reset-Minute", "Limit-Hour", "Remaining-Hour"];
      const { status } = response;
      return [status, ...names.map((name) => Number(response.headers.get(`X-RateLimit-${name}`)))];
    };
    const [minute, next] = [31, 32].map((minute) => Date.UTC(2026, 0, 15, 10, minute) / 1000);
    expect(await list("a")).toEqual([200, 2, 1, minute, 3, 2]);
    expect(await list("b")).toEqual([200, 2, 1, minute, 3, 2]);
    expect(await list("a")).toEqual([200, 2, 0, minute, 3, 1]);
    expect(await list("a")).toEqual([429, 2, 0, minute, 3, 1]);
    now += 60_000;
    expect(await list("a")).toEqual([200, 2, 1, next, 3, 0]);
    expect(await list("a")).toEqual([429, 2, 1, next, 3, 0]);
    fake.reset();
    expect(await list("a")).toEqual([200, 2, 1, next, 3, 2]);
  });

  it("a client keeps them, on a fake clock", async () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 15, 10, 30, 20) });
    const { fake, client } = pair({ rateLimit: { minute: 2, hour: 100 } });
    await client.listPhoneNumbers();
    const pages = Promise.all([2, 3].map((page) => client.listPhoneNumbers({ page })));
    await vi.advanceTimersByTimeAsync(40_000);
    await pages;
    expect(fake.requests).toHaveLength(3);
    expect(client.rateLimit?.minute).toMatchObject({ limit: 2, remaining: 1 });
  });
});

it.each([
  [{ phoneNumbers: -1 }, "phoneNumbers"],
  [{ phoneNumbers: 1.5 }, "phoneNumbers"],
  [{ phoneNumbers: "many" }, "phoneNumbers"],
  [{ envelope: "round" }, "envelope"],
  [{ rateLimit: 5 }, "rateLimit.minute"],
  [{ rateLimit: { minute: 0, hour: 5 } }, "rateLimit.minute"],
  [{ rateLimit: { minute: 5 } }, "rateLimit.hour"],
  [{ latency: -1 }, "latency"],
  [{ now: 0 }, "now"],
])("an option that is wrong is named: %j", async (options, path) => {
  const error = await rejection(
    Promise.resolve().then(() => createFakeInstaView(options as FakeInstaViewOptions)),
  );
  expect(error).toMatchObject({ name: "InstaViewError", type: "invalid_argument" });
  expect((error as { issues: { path: string }[] }).issues[0]?.path).toBe(path);
});
