import { type ClientEvent, InstaViewClient } from "instaview-phone-numbers";
import { describe, expect, it, vi } from "vitest";
import { reporting, turn, useFakeClock } from "./fake-clock.ts";
import { rejection } from "./sandbox.ts";

useFakeClock();

/** A client that fails where it would have to wait, and what its fetch responds with. */
function clientOf(fetch: () => Promise<Response>, options: object = {}) {
  return new InstaViewClient({
    baseUrl: "https://example.com",
    maxRetries: 0,
    maxRateLimitWait: 0,
    fetch,
    ...options,
  });
}

/** A client that gets these responses in turn, the last one again and again. */
function scripted(responses: (() => Response)[], options?: object) {
  const left = [...responses];
  return clientOf(async () => ((left.length > 1 ? left.shift() : left[0]) ?? Response.error)(), options);
}

describe("an absurd reset", () => {
  const absurd: [string, () => string][] = [
    ["in the year 2096", () => String(Date.UTC(2096, 0, 1) / 1000)],
    ["in milliseconds", () => String(Date.now() + 20_000)],
    ["of 400 digits", () => "9".repeat(400)],
  ];
  const windows = ["minute", "hour"] as const;
  const cases = absurd.flatMap(([what, reset]) => windows.map((window) => [what, window, reset] as const));

  it.each(cases)("%s, of the %s, does not stop a client", async (_, window, reset) => {
    for (const remaining of [0, 1, 3]) {
      const client = scripted([
        () => reporting({ [window]: { remaining, reset: reset() } }),
        () => reporting({ [window]: { remaining: 50, reset: 20 } }),
      ]);
      for (let call = 1; call <= 8; call += 1) await client.listPhoneNumbers();
      expect(client.rateLimit).toEqual({
        [window]: { limit: 60, remaining: 50, resetAt: Date.now() + 20_000 },
      });
    }
  });

  it.each(cases)("%s, of the %s, does not hide that nothing remains now", async (_, window, reset) => {
    const client = scripted([
      () => reporting({ [window]: { remaining: 3, reset: reset() } }),
      () => reporting({ [window]: { remaining: 0, reset: 20 } }),
    ]);
    await client.listPhoneNumbers();
    await client.listPhoneNumbers();
    expect(await rejection(client.listPhoneNumbers())).toMatchObject({
      type: "rate_limit",
      retryAfter: 20_000,
    });
  });

  it.each(cases)("%s, of the %s, is not shown as a rate limit", async (_, window, reset) => {
    const client = scripted([() => reporting({ [window]: { remaining: 3, reset: reset() } })]);
    await client.listPhoneNumbers();
    expect(client.rateLimit).toBeUndefined();
  });

  it("of one window leaves the other one as it is", async () => {
    const client = scripted([
      () =>
        reporting({ minute: { remaining: 0, reset: "9".repeat(400) }, hour: { remaining: 1, reset: 50 } }),
    ]);
    await client.listPhoneNumbers();
    expect(client.rateLimit).toEqual({ hour: { limit: 60, remaining: 1, resetAt: Date.now() + 50_000 } });
  });
});

describe("the newest report counts", () => {
  it("where its reset is earlier than the one before", async () => {
    const client = scripted([
      () => reporting({ minute: { remaining: 1, reset: 50 } }),
      () => reporting({ minute: { remaining: 50, reset: 20 } }),
    ]);
    for (let call = 1; call <= 8; call += 1) await client.listPhoneNumbers();
    expect(client.rateLimit?.minute).toMatchObject({ remaining: 50, resetAt: Date.now() + 20_000 });
  });

  it.each([-7_200, -90, 90, 7_200])("where the server's clock is corrected by %i s", async (correction) => {
    const client = scripted([
      () => reporting({ minute: { remaining: 3, reset: 40 } }),
      () => reporting({ minute: { remaining: 0, reset: 30 }, ahead: correction }),
    ]);
    await client.listPhoneNumbers();
    await client.listPhoneNumbers();
    expect(await rejection(client.listPhoneNumbers())).toMatchObject({
      type: "rate_limit",
      retryAfter: 30_000,
    });
  });

  it("but not a response that another one has overtaken", async () => {
    const fetched: ((response: Response) => void)[] = [];
    const client = clientOf(async () => {
      if (fetched.length === 2) return reporting({});
      return await new Promise<Response>((resolve) => fetched.push(resolve));
    });
    const calls = [client.listPhoneNumbers(), client.listPhoneNumbers()];
    await turn();
    // The server's clock was corrected in between: as it is written, the first one's reset is the later one.
    fetched[1]?.(reporting({ minute: { limit: 3, remaining: 0, reset: 55 } }));
    await calls[1];
    fetched[0]?.(reporting({ minute: { limit: 3, remaining: 3, reset: 1 }, ahead: 3_600 }));
    await calls[0];
    expect(await rejection(client.listPhoneNumbers())).toMatchObject({
      type: "rate_limit",
      retryAfter: 55_000,
    });
  });
});

it("a call that waits says so once for each window, whatever the requests before it report of the same window", async () => {
  const waits: unknown[] = [];
  const onEvent = (event: ClientEvent) => {
    if (event.type === "rateLimitWait") waits.push([event.callId, event.delay]);
  };
  const reported = [20, 60, 60];
  const fetch = async () => reporting({ minute: { limit: 1, remaining: 0, reset: reported.shift() ?? 60 } });
  const client = clientOf(fetch, { maxRateLimitWait: 60_000, onEvent });
  await client.listPhoneNumbers();
  const calls = [client.listPhoneNumbers(), client.listPhoneNumbers()];
  await vi.advanceTimersByTimeAsync(20_000);
  await calls[0];
  await vi.advanceTimersByTimeAsync(60_000);
  await calls[1];
  const [first] = waits.flat() as number[];
  expect(waits).toEqual([
    [first, 20_000],
    [(first ?? 0) + 1, 20_000],
    [(first ?? 0) + 1, 60_000],
  ]);
});

describe("a clock that is set", () => {
  /** A server whose window of a minute ends by elapsed time, however its clock is set. */
  function limitedServer(limit: number) {
    const server = { ahead: 0, refused: 0, fetch };
    let [used, ends] = [0, Number.NEGATIVE_INFINITY];
    async function fetch() {
      const now = performance.now();
      if (now >= ends) [used, ends] = [0, now + 60_000];
      const isRefused = used === limit;
      if (isRefused) server.refused += 1;
      else used += 1;
      const minute = { limit, remaining: limit - used, reset: Math.ceil((ends - now) / 1000) };
      return reporting({ status: isRefused ? 429 : 200, minute, ahead: server.ahead });
    }
    return server;
  }

  it.each([-7_200, -100, 100, 7_200])(
    "on the server, by %i s at a time, makes no request one too many",
    async (correction) => {
      const server = limitedServer(2);
      const client = clientOf(server.fetch, { maxRateLimitWait: 60_000 });
      for (let call = 1; call <= 8; call += 1) {
        let isSettled = false;
        const settled = client.listPhoneNumbers().finally(() => {
          isSettled = true;
        });
        settled.catch(() => {});
        while (!isSettled) await vi.advanceTimersByTimeAsync(1_000);
        await settled;
        server.ahead += correction;
      }
      expect(server.refused).toBe(0);
    },
  );

  it.each([
    ["back an hour", -3_600_000],
    ["on an hour", 3_600_000],
  ])("here, %s, changes no wait", async (_, change) => {
    const events: ClientEvent[] = [];
    const onEvent = (event: ClientEvent) => void events.push(event);
    const server = limitedServer(1);
    const client = clientOf(server.fetch, { maxRateLimitWait: 60_000, onEvent });
    await client.listPhoneNumbers();
    await vi.advanceTimersByTimeAsync(20_000);
    vi.setSystemTime(Date.now() + change);
    const page = client.listPhoneNumbers();
    await vi.advanceTimersByTimeAsync(40_000);
    await page;
    expect(events).toMatchObject([
      { type: "request" },
      { type: "response", status: 200 },
      { type: "rateLimitWait", window: "minute", delay: 40_000 },
      { type: "request" },
      { type: "response", status: 200 },
    ]);
  });

  it("back, while a request is under way, makes no duration negative", async () => {
    const events: ClientEvent[] = [];
    const client = clientOf(
      async () => {
        vi.setSystemTime(Date.now() - 3_600_000);
        await vi.advanceTimersByTimeAsync(30);
        return reporting({});
      },
      { onEvent: (event: ClientEvent) => void events.push(event) },
    );
    await client.listPhoneNumbers();
    expect(events[1]).toMatchObject({ type: "response", duration: 30 });
  });
});
