import { type ClientOptions, InstaViewClient, listPhoneNumbers } from "instaview-phone-numbers";
import { describe, expect, it } from "vitest";
import { COMPANIES, type Envelope, SANDBOX_KEYS } from "../../www/sandbox/index.ts";
import { useSandbox } from "./sandbox.ts";

const server = useSandbox();
const { large, empty } = COMPANIES;

describe("a page", () => {
  it("is the first one, with the API's own page size, where nothing else is asked for", async () => {
    const page = await listPhoneNumbers(server.options);
    expect(page).toStrictEqual({
      data: large.phoneNumbers.slice(0, 20),
      total: 237,
      page: 1,
      limit: 20,
      totalPages: 12,
      hasNextPage: true,
    });
    expect(server.sandbox.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "GET /phone-numbers",
    ]);
  });

  it("is the one that is asked for", async () => {
    const page = await listPhoneNumbers({ ...server.options, page: 3, limit: 100 });
    expect(page.data).toStrictEqual(large.phoneNumbers.slice(200));
    expect(page.hasNextPage).toBe(false);
    expect(server.sandbox.requests[0]?.url).toBe("/phone-numbers?page=3&limit=100");
  });

  it("may be empty", async () => {
    const page = await listPhoneNumbers({ ...server.options, apiKey: SANDBOX_KEYS.ats, companyId: empty.id });
    expect(page).toMatchObject({ data: [], total: 0, totalPages: 0, hasNextPage: false });
  });

  const envelopes: Envelope[] = ["flat", "nested", "guide", "enveloped", "enveloped-nested"];
  it.each(envelopes)("is the same in the %s envelope", async (envelope) => {
    server.sandbox.envelope = envelope;
    const page = await listPhoneNumbers({ ...server.options, page: 2, limit: 50 });
    expect(page).toStrictEqual({
      data: large.phoneNumbers.slice(50, 100),
      total: 237,
      page: 2,
      limit: 50,
      totalPages: 5,
      hasNextPage: true,
    });
  });

  it("is made of plain objects, which keep fields that are not documented", async () => {
    const number = {
      ...large.phoneNumbers[0],
      capabilities: "FAX",
      carrier: { name: "O₂", ranks: [1, null] },
    };
    server.sandbox.answerNext({ body: { data: [number], total: 1, page: 1, limit: 20, totalPages: 1 } });
    const page = await listPhoneNumbers(server.options);
    expect(page.data).toStrictEqual([number]);
    expect(structuredClone(page)).toStrictEqual(page);
    expect(JSON.parse(JSON.stringify(page))).toStrictEqual(page);
  });

  it("takes its counts as they are: the documentation's own examples do not add up", async () => {
    const body = { data: large.phoneNumbers.slice(0, 1), total: 3, page: 2, limit: 20, totalPages: 1 };
    server.sandbox.answerNext({ body });
    expect(await listPhoneNumbers(server.options)).toStrictEqual({ ...body, hasNextPage: false });
  });
});

describe("the request", () => {
  it("carries the key and nothing that says who sends it", async () => {
    await listPhoneNumbers(server.options);
    const { headers } = server.sandbox.requests[0] ?? {};
    expect(headers).toMatchObject({
      authorization: `Bearer ${SANDBOX_KEYS.company}`,
      accept: "application/json",
    });
    expect(Object.keys(headers ?? {}).filter((name) => name.startsWith("x-"))).toEqual([]);
  });

  it.each(["/v1", "/v1/", "/v1/public", "/v1/public/"])("keeps the base URL's path %s", async (path) => {
    await listPhoneNumbers({ ...server.options, baseUrl: new URL(path, server.sandbox.url) });
    expect(server.sandbox.requests[0]?.path).toBe(`${path.replace(/\/$/, "")}/phone-numbers`);
  });

  it("is made with the options as they were at the call", async () => {
    const options = { ...server.options, page: 1 };
    const pages = [1, 2, 3].map((page) => {
      options.page = page;
      return listPhoneNumbers(options);
    });
    expect((await Promise.all(pages)).map(({ page }) => page)).toEqual([1, 2, 3]);
  });

  it("goes through the caller's own fetch", async () => {
    const seen: string[] = [];
    const page = await listPhoneNumbers({
      ...server.options,
      fetch: (url, init) => {
        seen.push(url);
        return fetch(url, init);
      },
    });
    expect(page.data).toHaveLength(20);
    expect(seen).toEqual([`${server.sandbox.url}/phone-numbers`]);
  });
});

describe("a client", () => {
  it("keeps its options, which a call may override", async () => {
    const client = new InstaViewClient({ ...server.options, apiKey: SANDBOX_KEYS.ats, companyId: empty.id });
    expect((await client.listPhoneNumbers()).total).toBe(0);
    expect((await client.listPhoneNumbers({ companyId: large.id, limit: 5 })).data).toHaveLength(5);
    expect((await client.listPhoneNumbers({ companyId: undefined as never })).total).toBe(0);
  });

  it("does not follow what becomes of the object that it was made with", async () => {
    const options: ClientOptions = { ...server.options };
    const client = new InstaViewClient(options);
    options.apiKey = "sk_test_another";
    expect((await client.listPhoneNumbers()).total).toBe(237);
  });
});
