import { type ClientEvent, InstaViewClient, type InstaViewError } from "instaview-phone-numbers";
import { describe, expect, it, vi } from "vitest";
import { type ReportedWindow, reporting, useFakeClock } from "./fake-clock.ts";
import { rejection } from "./sandbox.ts";

useFakeClock();

interface Refusal {
  minute?: ReportedWindow;
  hour?: ReportedWindow;
  headers?: Record<string, string>;
  body?: object;
}

/** A 429, as the server sends it. */
const refusal = ({ headers, body, ...windows }: Refusal) =>
  reporting({
    status: 429,
    ...windows,
    headers: { "X-Request-Id": "request-7", ...headers },
    body: { statusCode: 429, message: "Slow down", error: "Too Many Requests", ...body },
  });

/** A client whose every request is refused so; each request is recorded as an event. */
function refused(refusals: Refusal, options: object = {}) {
  const events: ClientEvent[] = [];
  const client = new InstaViewClient({
    baseUrl: "https://example.com",
    fetch: async () => refusal(refusals),
    onEvent: (event) => void events.push(event),
    ...options,
  });
  return { client, events };
}

async function failureOf(client: InstaViewClient): Promise<InstaViewError> {
  return (await rejection(client.listPhoneNumbers())) as InstaViewError;
}

const usedUp = (reset: number) => ({ limit: 60, remaining: 0, reset });

describe("a 429 whose short Retry-After would end in a longer wait for its window", () => {
  const own = {
    type: "rate_limit",
    status: 429,
    messages: ["Slow down"],
    requestId: "request-7",
    attempts: 1,
  };

  it.each([
    ["the hour", { hour: usedUp(1_800) }, 1_800_000],
    ["the minute", { minute: usedUp(50) }, 50_000],
    ["both", { minute: usedUp(50), hour: usedUp(1_800) }, 1_800_000],
  ])("fails at once, as what it is: %s", async (_, windows, retryAfter) => {
    for (const seconds of ["1", "2"]) {
      const { client, events } = refused(
        { ...windows, headers: { "Retry-After": seconds } },
        { maxRateLimitWait: 40_000 },
      );
      // Nothing moves the clock: a wait would not end.
      const error = await failureOf(client);
      expect(error).toMatchObject({ ...own, retryAfter });
      expect(error.rateLimit).toBeDefined();
      expect(events.map(({ type }) => type)).toEqual(["request", "response"]);
      expect(vi.getTimerCount()).toBe(0);
    }
  });

  it("fails at once where it is refused again, too", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const responses = [
      () => refusal({ headers: { "Retry-After": "1" } }),
      () => refusal({ headers: { "Retry-After": "1" }, hour: usedUp(1_800) }),
    ];
    const { client } = refused({}, { fetch: async () => responses.shift()?.() });
    const failed = failureOf(client);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await failed).toMatchObject({ ...own, attempts: 2, retryAfter: 1_800_000 });
  });

  it("is tried again where the window allows it", async () => {
    const responses = [
      () => refusal({ headers: { "Retry-After": "2" }, minute: usedUp(20) }),
      () => reporting({ minute: { limit: 60, remaining: 59, reset: 60 } }),
    ];
    const { client, events } = refused({}, { fetch: async () => responses.shift()?.() });
    const page = client.listPhoneNumbers();
    await vi.advanceTimersByTimeAsync(20_000);
    expect((await page).data).toEqual([]);
    expect(events.at(-1)).toMatchObject({ type: "response", status: 200, attempt: 2 });
  });
});

describe("a 429 without Retry-After", () => {
  it.each([
    ["the minute", { minute: usedUp(20) }, 20_000],
    ["the hour", { hour: usedUp(1_800) }, 1_800_000],
    ["the later of both", { minute: usedUp(20), hour: usedUp(1_800) }, 1_800_000],
    ["the one that is used up", { minute: usedUp(20), hour: { remaining: 9, reset: 1_800 } }, 20_000],
  ])("has the retryAfter of its window: %s", async (_, windows, retryAfter) => {
    const { client } = refused(windows, { maxRetries: 0 });
    expect(await failureOf(client)).toMatchObject({ status: 429, retryAfter });
  });

  it("has none where nothing says how long", async () => {
    expect(await failureOf(refused({}, { maxRetries: 0 }).client)).not.toHaveProperty("retryAfter");
  });
});

describe("a delay is a number of milliseconds, whatever the server says", () => {
  const inTheYear = (year: number) => new Date(Date.UTC(year, 0, 1)).toUTCString();
  it.each<[string, () => Refusal]>([
    ["a Retry-After of 400 digits", () => ({ headers: { "Retry-After": "9".repeat(400) } })],
    ["a Retry-After that is past", () => ({ headers: { "Retry-After": inTheYear(1999) } })],
    ["a Retry-After far from now", () => ({ headers: { "Retry-After": inTheYear(9999) } })],
    ["a negative Retry-After", () => ({ headers: { "Retry-After": "-5" } })],
    ["a body's retryAfter of 1e300", () => ({ body: { retryAfter: 1e300 } })],
    ["a negative retryAfter in the body", () => ({ body: { retryAfter: -1e300 } })],
    ["a reset that is past", () => ({ minute: usedUp(-3) })],
    ["a reset that is long past", () => ({ hour: usedUp(-90_000) })],
    ["a reset of 400 digits", () => ({ hour: { remaining: 0, reset: "9".repeat(400) } })],
  ])("%s", async (_, refusals) => {
    for (const options of [{ maxRetries: 0 }, { maxRetries: 1 }]) {
      const { client, events } = refused(refusals(), options);
      let error: InstaViewError | undefined;
      void failureOf(client).then((failed) => {
        error = failed;
      });
      // A retry's backoff, where there is one.
      for (let wait = 0; wait < 2 && !error; wait += 1) await vi.advanceTimersByTimeAsync(500);
      expect(error).toMatchObject({ type: "rate_limit", status: 429 });
      const delays = events.flatMap((event) => ("delay" in event ? [event.delay] : []));
      for (const milliseconds of [error?.retryAfter ?? 0, ...delays]) {
        expect(milliseconds).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(milliseconds)).toBe(true);
      }
    }
  });

  it("a body's retryAfter that is too large for a number", async () => {
    const body = '{"statusCode":429,"message":"Slow down","retryAfter":1e999}';
    const { client } = refused({}, { fetch: async () => new Response(body, { status: 429 }) });
    const { retryAfter } = await failureOf(client);
    expect(retryAfter).toBeGreaterThan(60_000);
    expect(Number.isFinite(retryAfter)).toBe(true);
  });
});

it("the Retry-After of a 429 holds every call of the client", async () => {
  const sent: number[] = [];
  const client = new InstaViewClient({
    baseUrl: "https://example.com",
    fetch: async () => {
      sent.push(performance.now());
      return sent.length > 1 ? reporting({}) : refusal({ headers: { "Retry-After": "20" } });
    },
  });
  const start = performance.now();
  const first = client.listPhoneNumbers();
  await vi.advanceTimersByTimeAsync(5_000);
  const second = client.listPhoneNumbers();
  await vi.advanceTimersByTimeAsync(14_999);
  expect(sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  await Promise.all([first, second]);
  expect(sent.map((at) => at - start)).toEqual([0, 20_000, 20_000]);
});
