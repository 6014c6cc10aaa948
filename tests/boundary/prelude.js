// @ts-nocheck: it is pasted into expressions of JavaScript, which have no types.
// biome-ignore-all lint/correctness/noUnusedVariables: the expressions of the tests use them.

const phoneNumber = (id, more) => ({
  id,
  number: "+421552000001",
  companyId: "c",
  capabilities: "OUTBOUND",
  custom: false,
  provider: "TWILIO",
  status: "AVAILABLE",
  numberType: "LOCAL",
  createdAt: "t1",
  updatedAt: "t2",
  ...more,
});

const page = (more) => ({ data: [], total: 0, page: 1, limit: 20, totalPages: 0, ...more });

// The headers of a rate limit whose windows reset in 50 seconds.
const rateLimit = (remaining) => {
  const now = Math.floor(Date.now() / 1000);
  return {
    date: new Date(now * 1000).toUTCString(),
    "x-ratelimit-limit-minute": "60",
    "x-ratelimit-remaining-minute": String(remaining),
    "x-ratelimit-reset-minute": String(now + 50),
  };
};

// The options of a call with one attempt, and a key that may be in a browser.
const options = (more) => ({ apiKey: "sk_test_1", dangerouslyAllowBrowser: true, maxRetries: 0, ...more });

// A fetch that settles with these, one after the other: a response, an error, or what a function gives.
const fetchOf =
  (...results) =>
  async (url, init) => {
    const result = results.shift();
    if (typeof result === "function") return result(url, init);
    if (result instanceof Error) throw result;
    return result;
  };

// Fails once its signal is aborted, as the platform's fetch does.
const untilAborted = (_, { signal }) =>
  new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });

// The options of a call, and what it does: its requests, its events, and what has become of its bodies.
const watched = (fetch, more) => {
  const test = { requests: [], events: [], cancelled: [], controller: new AbortController() };
  test.options = options({
    fetch(url, init) {
      test.requests.push({ url, init });
      return fetch(url, init, test);
    },
    onEvent: (event) => test.events.push(event),
    signal: test.controller.signal,
    ...more,
  });
  return test;
};

// A response whose body has these chunks, and then no end.
const endless = (test, ...chunks) =>
  new Response(
    new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      },
      cancel() {
        test.cancelled.push("body");
      },
    }),
  );
