import type { InstaViewErrorType } from "instaview-phone-numbers";
import type { ScriptedAnswer } from "../../../www/sandbox/scripted-answers.ts";
import { type Group, KEYLESS, PAGE, type Row } from "../row.ts";

const retried: [number, InstaViewErrorType][] = [
  [408, "http"],
  [429, "rate_limit"],
  [500, "server"],
  [502, "server"],
  [503, "server"],
  [504, "server"],
];

const final: [number, InstaViewErrorType][] = [
  [400, "bad_request"],
  [401, "authentication"],
  [403, "permission"],
  [404, "not_found"],
  [409, "http"],
  [418, "http"],
  [422, "bad_request"],
  [501, "server"],
  [505, "server"],
];

/** Chromium itself repeats a request whose reused connection answers 408: these are new ones. */
const answer = (status: number): ScriptedAnswer => ({ status, headers: { Connection: "close" } });

const rowsOf = ([status, outcome]: [number, InstaViewErrorType]): Row[] => [
  {
    name: `${status} once, then a page`,
    answers: [answer(status), PAGE],
    options: KEYLESS,
    gets: { outcome: "page", requests: 2, ms: 250 },
  },
  {
    name: `${status} at every attempt`,
    answers: [answer(status), answer(status), answer(status)],
    options: KEYLESS,
    gets: { outcome, status, requests: 3, ms: 250 + 500 },
  },
];

const failures = (count: number): ScriptedAnswer[] => Array(count).fill({ status: 503 });

export const statuses: Group = {
  title: "Statuses",
  rows: [
    ...retried.flatMap(rowsOf),
    ...final.map(
      ([status, outcome]): Row => ({
        name: `${status} is final`,
        answers: [{ status }],
        gets: { outcome, status },
      }),
    ),
    {
      name: "two different failures, then a page",
      answers: [{ status: 502 }, { status: 429 }, PAGE],
      gets: { outcome: "page", requests: 3, ms: 750 },
    },
    {
      name: "a retry meets a failure that is final",
      answers: [{ status: 503 }, { status: 401 }],
      gets: { outcome: "authentication", status: 401, requests: 2, ms: 250 },
    },
    {
      name: "maxRetries 0: one attempt",
      answers: failures(1),
      options: { maxRetries: 0 },
      gets: { outcome: "server", status: 503 },
    },
    {
      name: "maxRetries 6: the backoff doubles, up to eight seconds",
      answers: failures(7),
      options: { maxRetries: 6 },
      gets: {
        outcome: "server",
        status: 503,
        requests: 7,
        ms: 250 + 500 + 1_000 + 2_000 + 4_000 + 4_000,
      },
    },
    {
      name: "maxRetries of the call, over the client's",
      answers: failures(2),
      options: { maxRetries: 5 },
      call: ({ client }) => client.listPhoneNumbers({}, { maxRetries: 1 }),
      gets: { outcome: "server", status: 503, requests: 2, ms: 250 },
    },
    {
      name: "success: false on 200 is final",
      answers: [{ body: { success: false, data: null, error: { code: "NO", message: "No" } } }],
      gets: { outcome: "http", status: 200 },
    },
    {
      name: "success: false on 200 that tells of a 429, then a page",
      answers: [{ body: { success: false, statusCode: 429, message: "Slow down" } }, PAGE],
      gets: { outcome: "page", requests: 2, ms: 250 },
    },
    {
      name: "success: false on 200 that tells of a 500, then a page",
      answers: [{ body: { success: false, statusCode: 500, message: "Oops" } }, PAGE],
      gets: { outcome: "page", requests: 2, ms: 250 },
    },
    {
      name: "503 with HTML, then a page",
      answers: [
        { status: 503, headers: { "Content-Type": "text/html" }, body: "<h1>Service Unavailable</h1>" },
        PAGE,
      ],
      gets: { outcome: "page", requests: 2, ms: 250 },
    },
  ],
};
