import {
  type ClientEvent,
  InstaViewClient,
  type InstaViewError,
  isInstaViewError,
  listPhoneNumbers,
} from "instaview-phone-numbers";
import { check } from "../check.ts";
import { BROWSERS, type Context, type Group, PAGE, type Row, START } from "../row.ts";
import { windows } from "./windows.ts";

const MINUTE_USED_UP = windows({ minute: { limit: 60, remaining: 0, reset: 20 } });

/** Two calls, one after the other. */
const twice = async ({ client }: Context) => {
  await client.listPhoneNumbers();
  return client.listPhoneNumbers();
};

/** A call, and then so many at once: the first page, the second… */
const thenAtOnce =
  (count: number) =>
  async ({ client }: Context) => {
    await client.listPhoneNumbers();
    return Promise.all(
      Array.from({ length: count }, (_, index) => client.listPhoneNumbers({ page: index + 1 })),
    );
  };

/** The second call waits so long, for this window. */
const waits = (name: string, first: Row["answers"], window: string, ms: number): Row => ({
  name,
  answers: first ?? [],
  call: twice,
  gets: {
    outcome: "page",
    requests: 2,
    ms,
    events: ["request 1", "response 1 200", `rateLimitWait ${window} ${ms}`, "request 1", "response 1 200"],
  },
});

/** The second call does not wait. */
const passes = (name: string, first: Row["answers"]): Row => ({
  name,
  answers: first ?? [],
  call: twice,
  gets: { outcome: "page", requests: 2 },
});

async function failure(promise: Promise<unknown>): Promise<InstaViewError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  if (!isInstaViewError(error)) throw new Error("not an InstaViewError");
  return error;
}

export const rateLimits: Group = {
  title: "Rate limits",
  rows: [
    waits("nothing left of the minute", [MINUTE_USED_UP, PAGE], "minute", 20_000),
    waits(
      "nothing left of the hour",
      [windows({ hour: { limit: 2000, remaining: 0, reset: 50 } }), PAGE],
      "hour",
      50_000,
    ),
    waits(
      "nothing left of either: the longer wait counts",
      [
        windows({
          minute: { limit: 60, remaining: 0, reset: 20 },
          hour: { limit: 2000, remaining: 0, reset: 45 },
        }),
        PAGE,
      ],
      "hour",
      45_000,
    ),
    waits(
      "the server's clock is an hour early",
      [windows({ minute: { limit: 60, remaining: 0, reset: 20 } }, { skew: 3_600 }), PAGE],
      "minute",
      20_000,
    ),
    waits(
      "the server's clock is an hour late",
      [windows({ minute: { limit: 60, remaining: 0, reset: 20 } }, { skew: -3_600 }), PAGE],
      "minute",
      20_000,
    ),
    {
      ...waits(
        "rate-limit headers that are not exposed",
        [
          {
            ...MINUTE_USED_UP,
            headers: { ...MINUTE_USED_UP.headers, "Access-Control-Expose-Headers": [] },
          },
          PAGE,
        ],
        "minute",
        20_000,
      ),
      differences: [
        {
          in: BROWSERS,
          because: "CORS: a page on another origin reads the headers that the server exposes, and the body",
          gets: { ms: 0, events: ["request 1", "response 1 200", "request 1", "response 1 200"] },
        },
      ],
    },
    passes("a reset that is past", [windows({ minute: { limit: 60, remaining: 0, reset: -5 } }), PAGE]),
    passes("something left of both", [
      windows({
        minute: { limit: 60, remaining: 1, reset: 20 },
        hour: { limit: 2000, remaining: 1, reset: 50 },
      }),
      PAGE,
    ]),
    passes("headers that are no numbers", [
      windows({ minute: { limit: "many", remaining: "none", reset: 20 } }),
      PAGE,
    ]),
    passes("remaining -1", [windows({ minute: { limit: 60, remaining: -1, reset: 20 } }), PAGE]),
    {
      name: "two calls at once wait together",
      answers: [MINUTE_USED_UP, PAGE, PAGE],
      call: thenAtOnce(2),
      gets: { outcome: "page", requests: 3, ms: 20_000 },
    },
    {
      name: "calls that wait are sent in turn",
      answers: [MINUTE_USED_UP, PAGE, PAGE, PAGE],
      call: async (context) => {
        const pages: unknown[] = [];
        const onEvent = (event: ClientEvent) => {
          context.options.onEvent?.(event);
          if (event.type === "request") pages.push(new URL(event.url).searchParams.get("page"));
        };
        const client = new InstaViewClient({ ...context.clientOptions, onEvent });
        await thenAtOnce(3)({ ...context, client });
        check(pages.join() === ",1,2,3", `sent in another order: ${pages}`);
      },
      gets: { outcome: "page", requests: 4, ms: 20_000 },
    },
    {
      name: "a window that allows one: the second call waits for the one after",
      answers: [
        windows({ minute: { limit: 1, remaining: 0, reset: 20 } }),
        windows({ minute: { limit: 1, remaining: 0, reset: 60 } }),
        PAGE,
      ],
      call: async ({ client, moments }) => {
        await client.listPhoneNumbers();
        const second = moments.at("wait", 2);
        const calls = [client.listPhoneNumbers(), client.listPhoneNumbers()];
        await Promise.all([calls[0], second]);
        moments.passTime();
        return Promise.all(calls);
      },
      gets: { outcome: "page", requests: 3, ms: 20_000 + 60_000 },
    },
    {
      name: "a window that allows two: the third call waits for the one after",
      answers: [windows({ minute: { limit: 2, remaining: 0, reset: 20 } }), PAGE, PAGE, PAGE],
      call: thenAtOnce(3),
      gets: { outcome: "page", requests: 4, ms: 20_000 + 60_000 },
    },
    {
      name: "a reset in an hour is not waited for",
      answers: [windows({ hour: { limit: 2000, remaining: 0, reset: 3_600 } })],
      call: twice,
      gets: { outcome: "rate_limit", attempts: 0, retryAfter: 3_600_000 },
    },
    {
      name: "a reset in 20 s, over a maxRateLimitWait of 19999",
      answers: [MINUTE_USED_UP],
      options: { maxRateLimitWait: 19_999 },
      call: twice,
      gets: { outcome: "rate_limit", attempts: 0, retryAfter: 20_000 },
    },
    {
      name: "a call that may not wait fails, with others waiting",
      answers: [windows({ hour: { limit: 2000, remaining: 0, reset: 3_600 } })],
      call: async (context) => {
        await context.client.listPhoneNumbers();
        const [first, second] = await Promise.all([
          failure(context.client.listPhoneNumbers()),
          failure(context.client.listPhoneNumbers()),
        ]);
        check(second.type === "rate_limit", `the second failed otherwise: ${second.message}`);
        throw first;
      },
      gets: { outcome: "rate_limit", attempts: 0, retryAfter: 3_600_000 },
    },
    {
      name: "a retry waits once, for Retry-After and for the reset",
      answers: [
        windows(
          { minute: { limit: 60, remaining: 0, reset: 20 } },
          { answer: { status: 429, headers: { "Retry-After": "20" } } },
        ),
        PAGE,
      ],
      gets: { outcome: "page", requests: 2, ms: 20_000 },
    },
    {
      name: "a retry waits for the reset that is later than Retry-After",
      answers: [
        windows(
          { minute: { limit: 60, remaining: 0, reset: 20 } },
          { answer: { status: 429, headers: { "Retry-After": "5" } } },
        ),
        PAGE,
      ],
      gets: { outcome: "page", requests: 2, ms: 20_000 },
    },
    {
      name: "another client is not held up",
      answers: [MINUTE_USED_UP, PAGE],
      call: async ({ client, options }) => {
        await client.listPhoneNumbers();
        return listPhoneNumbers(options);
      },
      gets: { outcome: "page", requests: 2 },
    },
    {
      name: "the client and its errors tell the rate limit",
      answers: [
        windows({ minute: { limit: 60, remaining: 7, reset: 20 } }, { skew: 90, answer: { status: 404 } }),
      ],
      call: async ({ client }) => {
        check(client.rateLimit === undefined, "known before the first answer");
        const error = await failure(client.listPhoneNumbers());
        const known = JSON.stringify({ minute: { limit: 60, remaining: 7, resetAt: START + 20_000 } });
        check(JSON.stringify(client.rateLimit) === known, `client: ${JSON.stringify(client.rateLimit)}`);
        check(JSON.stringify(error.rateLimit) === known, `error: ${JSON.stringify(error.rateLimit)}`);
        throw error;
      },
      gets: { outcome: "not_found", status: 404 },
    },
  ],
};
