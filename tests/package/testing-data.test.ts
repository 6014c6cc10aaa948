// The data that the fake InstaView makes up, and what it says in its own words: tests of others compare with both.
import { createHash } from "node:crypto";
import { createFakeInstaView, type FakeResponse, fakePhoneNumber } from "instaview-phone-numbers/testing";
import { describe, expect, it } from "vitest";
import { rejection } from "./sandbox.ts";

const authorized = { headers: { Authorization: "Bearer sk_test_any" } };
const url = "https://x.test/phone-numbers";

describe("made-up phone numbers", () => {
  const thousand = () => createFakeInstaView({ phoneNumbers: 1000 }).phoneNumbers;

  it("are the same in every version: whoever tests with the first ones knows them", () => {
    const phoneNumbers = thousand();
    expect(phoneNumbers[0]).toEqual({
      id: "69b022ee-2ac7-4de9-a318-e17882c40f50",
      number: "+81302741846",
      companyId: "6f1d2a3b-4c5e-4f60-8a7b-9c0d1e2f3a4b",
      capabilities: "INBOUND",
      custom: true,
      provider: "TWILIO",
      status: "IN_USE",
      numberType: "LOCAL",
      createdAt: "2025-06-17T18:40:40.928Z",
      updatedAt: "2025-06-20T18:04:20.261Z",
      location: "東京, JP",
    });
    const json = JSON.stringify(createFakeInstaView().phoneNumbers);
    expect(createHash("sha256").update(json).digest("hex")).toBe(
      "9fd5e0c26bd43bd08f5f1c3dcf8b4b6a38b9e953071999e7a1841c26499ece71",
    );
  });

  it("have ids that are UUIDs of the fourth version, each of its own", () => {
    const phoneNumbers = thousand();
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(phoneNumbers.filter(({ id }) => !uuid.test(id))).toEqual([]);
    expect(new Set(phoneNumbers.map(({ id }) => id)).size).toBe(1000);
  });

  it("are numbers of E.164, each of its own as long as there are", () => {
    const phoneNumbers = thousand();
    expect(phoneNumbers.filter(({ number }) => !/^\+[1-9]\d{8,14}$/.test(number))).toEqual([]);
    expect(new Set(phoneNumbers.map(({ number }) => number)).size).toBe(1000);
  });

  it("come the newest first, and were changed when they were there", () => {
    const phoneNumbers = thousand();
    const created = phoneNumbers.map(({ createdAt }) => createdAt);
    expect(created).toEqual([...created].sort().reverse());
    expect(phoneNumbers.filter(({ createdAt, updatedAt }) => updatedAt < createdAt)).toEqual([]);
    expect(created.at(-1)?.slice(0, 4)).toBe("2023");
    expect(created[0]?.slice(0, 4)).toBe("2025");
  });

  it("have a location, null or none, and a few are custom", () => {
    const phoneNumbers = thousand();
    const locations = phoneNumbers.map((number) => ("location" in number ? typeof number.location : "none"));
    expect(new Set(locations)).toEqual(new Set(["string", "object", "none"]));
    const custom = phoneNumbers.filter(({ custom }) => custom).length;
    expect(custom).toBeGreaterThan(100);
    expect(custom).toBeLessThan(200);
  });
});

it("a single phone number is one of New York, and each has the next id", () => {
  const [first, second] = [fakePhoneNumber(), fakePhoneNumber()];
  const { id, number, ...fields } = first;
  expect(fields).toEqual({
    companyId: "6f1d2a3b-4c5e-4f60-8a7b-9c0d1e2f3a4b",
    capabilities: "INBOUND_OUTBOUND",
    custom: false,
    provider: "TWILIO",
    status: "AVAILABLE",
    numberType: "LOCAL",
    createdAt: "2025-01-15T10:30:00.000Z",
    updatedAt: "2025-01-15T10:30:00.000Z",
    location: "New York, US",
  });
  const count = (id: string) => Number(id.split("-").at(-1));
  expect(id).toMatch(/^00000000-0000-4000-8000-\d{12}$/);
  expect(count(second.id)).toBe(count(id) + 1);
  expect(number).toBe(`+121255501${String(count(id) % 100).padStart(2, "0")}`);
});

describe("a prescribed response", () => {
  const get = async (response: FakeResponse, init: RequestInit = authorized) => {
    const fake = createFakeInstaView();
    fake.respondNext(response);
    return await fake.fetch(url, init);
  };

  it("is sent as it is where it is a string or bytes", async () => {
    for (const body of ["<h1>", new TextEncoder().encode("<h1>")]) {
      const response = await get({ status: 599, body });
      expect([response.status, await response.text()]).toEqual([599, "<h1>"]);
    }
    const response = await get({ status: 200, body: ["<h1>"] });
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toEqual(["<h1>"]);
    expect((await get({ status: 204 })).body).toBeNull();
    const empty = await get({ status: 200 });
    expect([empty.headers.get("content-type"), await empty.text()]).toEqual([null, ""]);
  });

  it("may be JSON that breaks off, or no connection", async () => {
    const response = await get("invalid JSON");
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.text()).toBe('{"data":[');
    expect(await rejection(get("connection error"))).toEqual(new TypeError("fetch failed"));
  });

  it.each([
    [
      { status: 600 },
      "status",
      "an integer from 200 to 599, or one of connection error, never, invalid JSON",
    ],
    [{ status: 204, body: "" }, "body", "none, with the status 204"],
  ])("that is none says what is expected: %j", async (response, name, expected) => {
    const error = await rejection(get(response as FakeResponse));
    expect(error).toMatchObject({ issues: [{ path: `responses[0].${name}`, expected }] });
  });
});

it("a response that was held back leaves no listener", async () => {
  const { signal } = new AbortController();
  const listeners = new Set<unknown>();
  signal.addEventListener = (type: string, listener: unknown) => void listeners.add(`${type} ${listener}`);
  signal.removeEventListener = (type: string, listener: unknown) =>
    void listeners.delete(`${type} ${listener}`);
  const response = createFakeInstaView({ latency: 5 }).fetch(url, { ...authorized, signal });
  expect(listeners.size).toBe(1);
  expect((await response).status).toBe(200);
  await expect.poll(() => listeners.size).toBe(0);
});

it.each([
  [{ phoneNumbers: -1 }, "an array of phone numbers, or how many to make up"],
  [{ envelope: "round" }, "one of flat, nested, guide, enveloped"],
  [{ rateLimit: 5 }, "an integer from 1"],
  [{ latency: -1 }, "an integer from 0 (milliseconds)"],
  [{ now: 0 }, "a function"],
])("an option that is wrong says what is expected: %j", async (options, expected) => {
  const error = await rejection(Promise.resolve().then(() => createFakeInstaView(options as never)));
  expect(error).toMatchObject({ issues: expect.arrayContaining([expect.objectContaining({ expected })]) });
});

it("errors have their codes and messages", async () => {
  const body = async (path: string, init?: RequestInit) =>
    await (await createFakeInstaView().fetch(`https://x.test${path}`, init)).json();
  expect((await body("/agents", authorized)).error.code).toBe("NOT_IMPLEMENTED");
  expect((await body("/phone-numbers")).error.message).toBe(
    "The API key is missing, invalid, revoked or expired",
  );
});

it("a failure of the clock is none of the API", async () => {
  const broken = new Error("no clock");
  let calls = 0;
  const now = () => {
    calls += 1;
    // With the first, the request is counted.
    if (calls === 2) throw broken;
    return 0;
  };
  expect(await rejection(createFakeInstaView({ envelope: "guide", now }).fetch(url, authorized))).toBe(
    broken,
  );
});

it("a token may have several spaces before it, and nothing else", async () => {
  const status = async (Authorization: string) =>
    (await createFakeInstaView().fetch(url, { headers: { Authorization } })).status;
  expect(await status("bearer   sk_test_any")).toBe(200);
  expect(await status("No Bearer sk_test_any")).toBe(401);
});

it("what a request does not ask for is not recorded, and an empty number is none", async () => {
  const fake = createFakeInstaView();
  await fake.fetch(`${url}?page=&limit=7`, authorized);
  expect(fake.requests).toStrictEqual([{ url: `${url}?page=&limit=7`, page: Number.NaN, limit: 7 }]);
});
