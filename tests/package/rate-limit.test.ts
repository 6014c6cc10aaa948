import { InstaViewClient, type RateLimitWindow } from "instaview-phone-numbers";
import { expect, it } from "vitest";
import { SANDBOX_KEYS, startSandbox } from "../../www/sandbox/index.ts";
import { rejection } from "./sandbox.ts";

/** A sandbox that allows so few requests, on a clock that stands still; and a client of it. */
async function limited(minute: number) {
  const now = Date.now();
  const sandbox = await startSandbox({ rateLimit: { minute }, now: () => now });
  let apiKey: () => string = () => SANDBOX_KEYS.company;
  const options = { baseUrl: sandbox.url, maxRetries: 0, maxRateLimitWait: 0, apiKey: () => apiKey() };
  return {
    sandbox,
    client: new InstaViewClient(options),
    setKey: (next: typeof apiKey) => {
      apiKey = next;
    },
  };
}

it("a client tells what the server last reported", async () => {
  const { sandbox, client } = await limited(5);
  expect(client.rateLimit).toBeUndefined();
  await client.listPhoneNumbers();
  const minute = client.rateLimit?.minute;
  expect(minute).toEqual({ limit: 5, remaining: 4, resetAt: expect.any(Number) } satisfies RateLimitWindow);
  expect((minute?.resetAt ?? 0) - Date.now()).toBeLessThanOrEqual(60_000);
  expect(client.rateLimit?.hour).toMatchObject({ limit: 2000, remaining: 1999 });
  await sandbox.close();
});

it("what a client tells is the caller's own: changing it changes nothing", async () => {
  const { sandbox, client } = await limited(5);
  await client.listPhoneNumbers();
  Object.assign(client.rateLimit?.minute ?? {}, { remaining: 77 });
  expect(client.rateLimit?.minute?.remaining).toBe(4);
  await sandbox.close();
});

it("a client keeps the limit: not one request is refused by the server", async () => {
  const { sandbox, client } = await limited(5);
  await client.listPhoneNumbers();
  const calls = Array.from({ length: 10 }, () => rejection(client.listPhoneNumbers()).catch(() => "page"));
  const outcomes = await Promise.all(calls);
  expect(outcomes.filter((outcome) => outcome === "page")).toHaveLength(4);
  const refused = outcomes.find((outcome) => outcome !== "page");
  expect(refused).toMatchObject({ type: "rate_limit", attempts: 0, rateLimit: { minute: { limit: 5 } } });
  expect(refused).not.toHaveProperty("status");
  expect((refused as { retryAfter: number }).retryAfter).toBeGreaterThan(0);
  expect(sandbox.requests).toHaveLength(5);
  await sandbox.close();
});

it("a call that sends nothing spends nothing", async () => {
  const { sandbox, client, setKey } = await limited(3);
  await client.listPhoneNumbers();
  setKey(() => {
    throw new Error("The vault is sealed");
  });
  for (const _ of [1, 2, 3]) {
    expect(await rejection(client.listPhoneNumbers())).toMatchObject({ type: "configuration", attempts: 0 });
  }
  setKey(() => SANDBOX_KEYS.company);
  expect((await client.listPhoneNumbers()).total).toBe(237);
  expect(client.rateLimit?.minute?.remaining).toBe(1);
  await sandbox.close();
});
