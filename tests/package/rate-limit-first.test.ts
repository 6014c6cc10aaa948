// While nothing is known of its rate limit, a client sends only a few requests at once.
import { type ClientEvent, InstaViewClient } from "instaview-phone-numbers";
import { expect, it } from "vitest";
import { SANDBOX_KEYS, startSandbox } from "../../www/sandbox/index.ts";
import { reporting, turn, useFakeClock } from "./fake-clock.ts";

useFakeClock();

/** A client with a hundred calls, whose responses come when the tests say so. */
function burst() {
  const responds: ((response?: Response) => void)[] = [];
  const events: ClientEvent[] = [];
  const client = new InstaViewClient({
    apiKey: "sk_test_abcdefghijkl",
    baseUrl: "https://x.test",
    maxRetries: 0,
    fetch: () =>
      new Promise<Response>((resolve, reject) =>
        responds.push((response) => (response ? resolve(response) : reject(new TypeError("fetch failed")))),
      ),
    onEvent: (event) => events.push(event),
  });
  const calls = Array.from({ length: 100 }, () => client.listPhoneNumbers());
  for (const call of calls) call.catch(() => {});
  return { responds, events, calls };
}

it("ten requests are sent, and the others follow any response, whether it speaks of limits or not", async () => {
  const { responds, events, calls } = burst();
  await turn();
  expect(responds).toHaveLength(10);
  expect(events.filter(({ type }) => type !== "request")).toEqual([]);
  responds[0]?.(reporting({}));
  await turn();
  expect(responds).toHaveLength(100);
  for (const respond of responds) respond(reporting({}));
  await Promise.all(calls);
});

it("or they keep to what the first response reports", async () => {
  const { responds } = burst();
  await turn();
  responds[0]?.(reporting({ minute: { limit: 60, remaining: 59, reset: 30 } }));
  await turn();
  expect(responds).toHaveLength(60);
});

it("a request without a response lets one more through", async () => {
  const { responds } = burst();
  await turn();
  responds[0]?.();
  await turn();
  expect(responds).toHaveLength(11);
});

it("a burst of a fresh client is not refused", async () => {
  const now = Date.now();
  const sandbox = await startSandbox({ rateLimit: { minute: 60 }, now: () => now });
  const client = new InstaViewClient({
    apiKey: SANDBOX_KEYS.company,
    baseUrl: sandbox.url,
    maxRateLimitWait: 0,
  });
  const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => client.listPhoneNumbers()));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(60);
  expect(sandbox.requests).toHaveLength(60);
  await sandbox.close();
});
