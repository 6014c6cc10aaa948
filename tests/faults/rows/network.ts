import type { Fault, ScriptedAnswer } from "../../../www/sandbox/scripted-answers.ts";
import { type Group, KEYLESS, type Moments, PAGE } from "../row.ts";
import { repeatsInFirefox, wholeInWebKit } from "./engines.ts";

const broken = (type: Fault["type"], more: ScriptedAnswer = {}): ScriptedAnswer => ({
  ...PAGE,
  ...more,
  fault: { type },
});

/** Lets the attempts that stall before the headers run into their timeout. */
const afterArrivals =
  (...counts: number[]) =>
  async ({ at, passTime }: Moments) => {
    for (const count of counts) {
      await at("arrival", count);
      passTime();
    }
  };

/** Lets the attempt that stalls in its body run into its timeout. */
const afterHead = async ({ at, passTime }: Moments) => {
  await at("head", 1);
  passTime();
};

const [reset, resetInBody, truncated, stall, stallInBody] = (
  ["reset-before-headers", "reset-in-body", "truncate-body", "stall-before-headers", "stall-in-body"] as const
).map((type) => broken(type)) as [
  ScriptedAnswer,
  ScriptedAnswer,
  ScriptedAnswer,
  ScriptedAnswer,
  ScriptedAnswer,
];

/** As many as even Firefox needs. */
const resets = Array(3 * 10).fill(reset);

export const network: Group = {
  title: "Connections",
  rows: [
    {
      name: "reset before the headers, then a page",
      answers: [reset, PAGE],
      options: KEYLESS,
      gets: { outcome: "page", requests: 2, ms: 250 },
      differences: [repeatsInFirefox({ attempts: 1, ms: 0 })],
    },
    {
      name: "reset before the headers at every attempt",
      answers: resets,
      options: KEYLESS,
      gets: { outcome: "connection", requests: 3, ms: 750 },
      differences: [repeatsInFirefox({ attempts: 3, requests: 3 * 10 })],
    },
    {
      name: "reset before the headers, without retries",
      answers: resets,
      options: { ...KEYLESS, maxRetries: 0 },
      gets: { outcome: "connection" },
      differences: [repeatsInFirefox({ attempts: 1, requests: 10 })],
    },
    {
      name: "reset in the body, then a page",
      answers: [resetInBody, PAGE],
      options: KEYLESS,
      gets: { outcome: "page", requests: 2, ms: 250 },
    },
    {
      name: "broken off in the body, then a page",
      answers: [truncated, PAGE],
      gets: { outcome: "page", requests: 2, ms: 250 },
      differences: [wholeInWebKit({ requests: 1, ms: 0 })],
    },
    {
      name: "broken off in the body at every attempt",
      answers: [truncated, truncated, truncated],
      gets: { outcome: "connection", status: 200, requests: 3, ms: 750 },
      differences: [wholeInWebKit({ requests: 1, ms: 0 })],
    },
    {
      name: "a 404 that breaks off is a 404",
      answers: [broken("truncate-body", { status: 404 })],
      gets: { outcome: "not_found", status: 404 },
    },
    {
      name: "a 503 that breaks off is retried as a 503",
      answers: [broken("truncate-body", { status: 503 }), PAGE],
      gets: {
        outcome: "page",
        requests: 2,
        ms: 250,
        events: ["request 1", "response 1 503", "retry 1 server 250", "request 2", "response 2 200"],
      },
    },
    {
      name: "a port where nobody listens",
      options: ({ closedUrl }) => ({ baseUrl: closedUrl }),
      gets: { outcome: "connection", attempts: 3, requests: 0, ms: 750 },
    },
    {
      name: "https where the server speaks http",
      options: ({ url }) => ({ baseUrl: url.replace("http:", "https:") }),
      gets: { outcome: "connection", attempts: 3, requests: 0, ms: 750 },
    },
    {
      name: "content that is not encoded as it says",
      answers: Array(3).fill({ ...PAGE, headers: { "Content-Encoding": "gzip" } }),
      gets: { outcome: "connection", status: 200, requests: 3, ms: 750 },
      differences: [
        {
          in: ["webkit"],
          because: "WebKitGTK gives content that it cannot decode as it comes",
          gets: { outcome: "page", status: undefined, requests: 1, ms: 0 },
        },
      ],
    },
    {
      name: "stalls before the headers, then a page",
      answers: [stall, PAGE],
      during: afterArrivals(1),
      gets: { outcome: "page", requests: 2, ms: 30_000 + 250 },
    },
    {
      name: "stalls before the headers at every attempt",
      answers: [stall, stall, stall],
      options: { timeout: 1_000 },
      during: afterArrivals(1, 2, 3),
      gets: { outcome: "timeout", requests: 3, ms: 3 * 1_000 + 750 },
    },
    {
      name: "stalls in the body, then a page",
      answers: [stallInBody, PAGE],
      during: afterHead,
      gets: { outcome: "page", requests: 2, ms: 30_000 + 250 },
    },
    {
      name: "stalls in the body, without retries",
      answers: [stallInBody],
      options: { maxRetries: 0, timeout: 2_147_483_647 },
      during: async (moments) => {
        await afterHead(moments);
        if (!(await moments.left(1))) throw new Error("The connection was kept");
      },
      gets: { outcome: "timeout", status: 200, ms: 2_147_483_647 },
    },
    {
      name: "a 404 whose body stalls is a 404",
      answers: [broken("stall-in-body", { status: 404 })],
      options: { timeout: 1_000 },
      during: afterHead,
      gets: { outcome: "not_found", status: 404, ms: 1_000 },
    },
    {
      name: "a 503 whose body stalls is retried as a 503",
      answers: [broken("stall-in-body", { status: 503 }), PAGE],
      options: { timeout: 1_000 },
      during: afterHead,
      gets: {
        outcome: "page",
        requests: 2,
        ms: 1_000 + 250,
        events: ["request 1", "response 1 503", "retry 1 server 250", "request 2", "response 2 200"],
      },
    },
    {
      name: "a failure of every kind, then a page",
      answers: [reset, stall, truncated, { status: 503 }, PAGE],
      options: { ...KEYLESS, maxRetries: 4, timeout: 1_000 },
      during: afterArrivals(2),
      gets: { outcome: "page", requests: 5, ms: 250 + (1_000 + 500) + 1_000 + 2_000 },
      differences: [
        repeatsInFirefox({ attempts: 4, ms: 1_000 + 250 + 500 + 1_000 }),
        wholeInWebKit({ requests: 3, ms: 250 + (1_000 + 500) }),
      ],
    },
  ],
};
