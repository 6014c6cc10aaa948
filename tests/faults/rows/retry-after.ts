import type { ScriptedAnswer } from "../../../www/sandbox/scripted-answers.ts";
import { BROWSERS, type Expected, type Group, type Options, PAGE, type Row, START } from "../row.ts";

const HOUR = 3_600_000;
const imfFixdate = (moment: number) => new Date(moment).toUTCString();

/** A 429 that says when to come again. */
function wish(
  header: string | undefined,
  body?: object,
  more: ScriptedAnswer["headers"] = {},
): ScriptedAnswer {
  return {
    status: 429,
    headers: { ...(header !== undefined && { "Retry-After": header }), ...more },
    ...(body && { body }),
  };
}

/** A 429, then a page after so many milliseconds. */
const waits = (name: string, answer: ScriptedAnswer, ms: number, options: Options = {}): Row => ({
  name,
  answers: [answer, PAGE],
  options,
  gets: { outcome: "page", requests: 2, ms },
});

/** A 429 that is not waited for. */
const fails = (
  name: string,
  answer: ScriptedAnswer,
  retryAfter: Expected["retryAfter"] & {},
  options: Options = {},
): Row => ({
  name,
  answers: [answer],
  options,
  gets: { outcome: "rate_limit", status: 429, retryAfter },
});

export const retryAfter: Group = {
  title: "Retry-After",
  rows: [
    waits("Retry-After: 2", wish("2"), 2_000),
    waits("Retry-After: 0 is valid, and the backoff remains", wish("0"), 250),
    waits("Retry-After as an IMF-fixdate", wish(imfFixdate(START + 3_000)), 3_000),
    waits("Retry-After as an RFC 850 date", wish("Thursday, 15-Jan-26 10:30:03 GMT"), 3_000),
    waits("Retry-After as an asctime date", wish("Thu Jan 15 10:30:03 2026"), 3_000),
    waits(
      "Retry-After as a date, the server's clock an hour late",
      wish(imfFixdate(START - HOUR + 3_000), undefined, { Date: imfFixdate(START - HOUR) }),
      3_000,
    ),
    waits(
      "Retry-After as a date, the server's clock an hour early",
      wish(imfFixdate(START + HOUR + 3_000), undefined, { Date: imfFixdate(START + HOUR) }),
      3_000,
    ),
    waits(
      "Retry-After as a date, without a Date: by the local clock",
      wish(imfFixdate(START + 3_000), undefined, { Date: [] }),
      3_000,
    ),
    waits("Retry-After as a date that is past", wish(imfFixdate(START - 3_000)), 250),
    waits("Retry-After: -5 is ignored", wish("-5"), 250),
    waits("Retry-After: 1.5 is ignored", wish("1.5"), 250),
    waits("Retry-After: soon is ignored", wish("soon"), 250),
    waits("Retry-After with nothing in it is ignored", wish(""), 250),
    waits("retryAfter 3 in the body", wish(undefined, { statusCode: 429, retryAfter: 3 }), 3_000),
    waits("2 in the header, 4 in the body: 4", wish("2", { statusCode: 429, retryAfter: 4 }), 4_000),
    waits("4 in the header, 2 in the body: 4", wish("4", { statusCode: 429, retryAfter: 2 }), 4_000),
    waits("retryAfter of another type in the body is ignored", wish("2", { retryAfter: "9" }), 2_000),
    waits("retryAfter -1 in the body is ignored", wish(undefined, { retryAfter: -1 }), 250),
    {
      ...waits(
        "4 in a header that is not exposed, 2 in the body",
        wish("4", { statusCode: 429, retryAfter: 2 }, { "Access-Control-Expose-Headers": [] }),
        4_000,
      ),
      differences: [
        {
          in: BROWSERS,
          because: "CORS: a page on another origin reads the headers that the server exposes, and the body",
          gets: { ms: 2_000 },
        },
      ],
    },
    {
      name: "503 with Retry-After: 2",
      answers: [{ status: 503, headers: { "Retry-After": "2" } }, PAGE],
      gets: { outcome: "page", requests: 2, ms: 2_000 },
    },
    {
      name: "Retry-After: 1 at every attempt",
      answers: [wish("1"), wish("1"), wish("1")],
      gets: { outcome: "rate_limit", status: 429, requests: 3, ms: 2_000, retryAfter: 1_000 },
    },
    waits("Retry-After: 60 is just short enough", wish("60"), 60_000),
    fails("Retry-After: 61 is not waited for", wish("61"), 61_000),
    fails("Retry-After: 2, over a maxRateLimitWait of 1999", wish("2"), 2_000, { maxRateLimitWait: 1_999 }),
    waits("Retry-After: 2, at a maxRateLimitWait of 2000", wish("2"), 2_000, { maxRateLimitWait: 2_000 }),
    waits("Retry-After: 0, at a maxRateLimitWait of 0", wish("0"), 250, { maxRateLimitWait: 0 }),
    fails("Retry-After: 1, 61 in the body", wish("1", { retryAfter: 61 }), 61_000),
    fails("Retry-After in a day, as a date", wish(imfFixdate(START + 24 * HOUR)), 24 * HOUR),
    fails("Retry-After: 99999999999999999999", wish("9".repeat(20)), { atLeast: 60_001 }),
    fails("retryAfter 1e300 in the body", wish(undefined, { retryAfter: 1e300 }), { atLeast: 60_001 }),
    {
      name: "Retry-After: 61, at the second attempt",
      answers: [wish("1"), wish("61")],
      gets: { outcome: "rate_limit", status: 429, requests: 2, ms: 1_000, retryAfter: 61_000 },
    },
  ],
};
