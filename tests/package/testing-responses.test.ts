// What the fake InstaView answers when a test prescribes it, and that it answers as the sandbox does.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { InstaViewClient } from "instaview-phone-numbers";
import { createFakeInstaView, type FakeResponse } from "instaview-phone-numbers/testing";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { COMPANIES, SANDBOX_KEYS, startSandbox } from "../../www/sandbox/index.ts";
import { rejection } from "./sandbox.ts";

const apiKey = "sk_test_any";

/** A fake that responds so, and a client of it that tries once. */
function scripted(...responses: FakeResponse[]) {
  const fake = createFakeInstaView({ phoneNumbers: 1 });
  fake.respondNext(...responses);
  const client = new InstaViewClient({ apiKey, fetch: fake.fetch, maxRetries: 0 });
  return { fake, client };
}

afterEach(() => {
  vi.useRealTimers();
});

describe("a prescribed response", () => {
  const cases: [string, FakeResponse, object][] = [
    ["a status", { status: 503 }, { type: "server", status: 503 }],
    [
      "a body and headers",
      {
        status: 403,
        body: { success: false, error: { code: "NO", message: "No." } },
        headers: { "X-Request-Id": "7" },
      },
      { type: "permission", code: "NO", requestId: "7" },
    ],
    ["a text", { status: 200, body: "<h1>Hello</h1>" }, { type: "invalid_response" }],
    ["no connection", "connection error", { type: "connection" }],
    ["nothing, ever", "never", { type: "timeout" }],
    ["no JSON", "invalid JSON", { type: "invalid_response" }],
  ];

  it.each(cases)("may be %s", async (_, response, error) => {
    vi.useFakeTimers();
    const { client } = scripted(response);
    const failing = rejection(client.listPhoneNumbers());
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await failing).toMatchObject(error);
    expect((await client.listPhoneNumbers()).total).toBe(1);
  });

  it("comes in order, is recorded, and is forgotten by a reset", async () => {
    const { fake, client } = scripted({ status: 500 }, { status: 404 }, { status: 401 });
    expect(await rejection(client.listPhoneNumbers())).toMatchObject({ status: 500 });
    expect(await rejection(client.listPhoneNumbers())).toMatchObject({ status: 404 });
    expect(fake.requests).toHaveLength(2);
    fake.reset();
    expect((await client.listPhoneNumbers()).total).toBe(1);
  });
});

describe("latency", () => {
  it("holds every response back", async () => {
    vi.useFakeTimers();
    const fake = createFakeInstaView({ latency: 300 });
    const settled = vi.fn();
    const headers = { Authorization: `Bearer ${apiKey}` };
    void fake.fetch("https://x.test/phone-numbers", { headers }).then(settled);
    await vi.advanceTimersByTimeAsync(299);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(settled).toHaveBeenCalled();
  });

  it.each([
    ["during it", 300, []],
    ["where no response ever comes", 0, ["never" as const]],
  ])("ends with an abort, %s, and leaves nothing behind", async (_, latency, responses) => {
    vi.useFakeTimers();
    const fake = createFakeInstaView({ latency });
    fake.respondNext(...responses);
    const controller = new AbortController();
    const call = rejection(fake.fetch("https://x.test/phone-numbers", { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(100);
    controller.abort("left");
    expect(await call).toBe("left");
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([[], ["never" as const]])(
    "ends with an abort in the turn of the request: %j",
    async (...responses) => {
      const fake = createFakeInstaView();
      fake.respondNext(...responses);
      const controller = new AbortController();
      const call = rejection(fake.fetch("https://x.test/phone-numbers", { signal: controller.signal }));
      controller.abort("left");
      expect(await call).toBe("left");
    },
  );

  it("gives each of several requests at once a name of its own", async () => {
    vi.useFakeTimers();
    const fake = createFakeInstaView({ latency: 10 });
    const responses = Promise.all([1, 2].map(() => fake.fetch("https://x.test/phone-numbers")));
    await vi.advanceTimersByTimeAsync(10);
    const names = (await responses).map(({ headers }) => headers.get("X-Request-Id"));
    expect(names).toEqual(["fake-1", "fake-2"]);
  });

  it("is none for a request that has been aborted before", async () => {
    const fake = createFakeInstaView();
    const signal = AbortSignal.abort("left");
    expect(await rejection(fake.fetch("https://x.test/phone-numbers", { signal }))).toBe("left");
    expect(fake.requests).toEqual([]);
  });
});

it.each([
  [{ status: 99 }, "responses[0].status"],
  [{ status: 600 }, "responses[0].status"],
  [{ status: 204, body: {} }, "responses[0].body"],
  ["slow", "responses[0].status"],
  [undefined, "responses[0].status"],
])("what could be no response is refused: %j", async (response, path) => {
  const { fake } = scripted();
  const error = await rejection(Promise.resolve().then(() => fake.respondNext(response as FakeResponse)));
  expect(error).toMatchObject({ type: "invalid_argument", issues: [{ path }] });
});

it("it takes a Request in place of the init, as MSW has one", async () => {
  const headers = { Authorization: `Bearer ${apiKey}` };
  const request = new Request("https://x.test/phone-numbers?limit=2", { headers });
  const response = await createFakeInstaView().fetch(request.url, request);
  expect((await response.json()).data).toHaveLength(2);
  const post = new Request("https://x.test/phone-numbers", { method: "POST", headers });
  expect((await createFakeInstaView().fetch(post.url, post)).status).toBe(501);
});

it("it works behind a real server", async () => {
  const fake = createFakeInstaView({ phoneNumbers: 3 });
  const server = createServer(async ({ url, headers: { authorization = "" } }, outgoing) => {
    const response = await fake.fetch(`http://localhost${url}`, {
      headers: { Authorization: authorization },
    });
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(await response.text());
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect((await new InstaViewClient({ apiKey, baseUrl }).listPhoneNumbers()).total).toBe(3);
});

describe("the sandbox answers the same over a socket, the refused third request included", () => {
  const now = () => Date.UTC(2026, 0, 15, 10, 30, 20);
  const key = { Authorization: `Bearer ${SANDBOX_KEYS.company}` };
  const rows: [string, string, Record<string, string>, "flat" | "nested" | "guide" | "enveloped"][] = [
    ["a page", "?page=2&limit=3", key, "flat"],
    ["nested", "", key, "nested"],
    ["in the guide's shape", "?limit=100", key, "guide"],
    ["enveloped", "?page=99", key, "enveloped"],
    ["wrong parameters", "?page=x&limit=0", key, "flat"],
    ["without a key", "", {}, "flat"],
  ];

  it.each(rows)("%s", async (_, query, headers, envelope) => {
    const options = { envelope, rateLimit: { minute: 2, hour: 9 }, now };
    const sandbox = await startSandbox(options);
    const fake = createFakeInstaView({ ...options, phoneNumbers: COMPANIES.large.phoneNumbers });
    const path = `/phone-numbers${query}`;
    const seen = async (list: () => Promise<Response>) => {
      const responses = [await list(), await list(), await list()];
      return await Promise.all(
        responses.map(async (response) => {
          const compared = /^(x-ratelimit-.*|content-type|date|retry-after)$/;
          const named = [...response.headers].filter(([name]) => compared.test(name));
          return { status: response.status, headers: named, body: await response.json() };
        }),
      );
    };
    onTestFinished(() => sandbox.close());
    const faked = await seen(() => fake.fetch(`https://x.test${path}`, { headers }));
    expect(faked).toEqual(await seen(() => fetch(`${sandbox.url}${path}`, { headers })));
  });
});
