import { ApiError, errorAnswer } from "../../pkg-template/src/testing/errors.ts";
import type { RateLimitDecision } from "../../pkg-template/src/testing/rate-limit.ts";
import type { PhoneNumber } from "./data.ts";
import type { ScriptedAnswer } from "./scripted-answers.ts";

/** How the API behaves until it is told otherwise. What is absent is as usual. */
export interface Behaviour {
  /** Milliseconds before every answer. */
  latency?: number;
  /** What is answered in place of the next request's own answer. */
  answer?(): ScriptedAnswer | undefined;
  /** The company's phone numbers, as a request for this page finds them. */
  phoneNumbers?(all: readonly PhoneNumber[], page: number): readonly PhoneNumber[];
  /** What is told of the rate limit. `now` is Unix time in milliseconds. */
  rateLimit?(decision: RateLimitDecision, now: number): RateLimitDecision;
}

/** Something that a visitor of the demo can watch the client cope with, or explain. */
export interface BehaviourChoice {
  label: string;
  group: "As documented" | "The client copes" | "The client explains";
  /** Afresh each time it is chosen: some count requests. */
  create(): Behaviour;
}

/** How much later the exhausted window starts again. */
const PAUSE = 8_000;

const always = (answer: ScriptedAnswer) => (): Behaviour => ({ answer: () => answer });

function everyOther(answer: ScriptedAnswer): Behaviour {
  let count = 0;
  return { answer: () => (count++ % 2 === 0 ? answer : undefined) };
}

/** An error in InstaView's own shape. */
const apiError = (status: number, code: string, message: string): ScriptedAnswer =>
  errorAnswer(new ApiError(status, code, message), Date.now());

function tooManyRequests(seconds: number): ScriptedAnswer {
  const body = {
    statusCode: 429,
    message: "Rate limit exceeded",
    error: "Too Many Requests",
    retryAfter: seconds,
  };
  return { status: 429, headers: { "Retry-After": String(seconds) }, body };
}

const html = { "Content-Type": "text/html" };

/** As a gateway answers for the API. */
const unavailable: ScriptedAnswer = { status: 503, headers: html, body: "<h1>Service Unavailable</h1>" };

/** Each behaviour, by its name. */
export const BEHAVIOURS = {
  normal: { label: "Answers as documented", group: "As documented", create: () => ({}) },

  slow: { label: "Takes two seconds", group: "The client copes", create: () => ({ latency: 2_000 }) },
  flaky: {
    label: "Every other answer is a 503",
    group: "The client copes",
    create: () => everyOther(unavailable),
  },
  busy: {
    label: "Every other answer is a 429",
    group: "The client copes",
    create: () => everyOther(tooManyRequests(3)),
  },
  exhausted: {
    label: "Each answer uses up the minute",
    group: "The client copes",
    create: () => ({
      rateLimit: (decision, now) => ({
        ...decision,
        minute: { ...decision.minute, remaining: 0, resetAt: Math.ceil((now + PAUSE) / 1000) * 1000 },
      }),
    }),
  },
  changing: {
    label: "A number is added while the list is read",
    group: "The client copes",
    create: () => ({ phoneNumbers: (all, page) => (page === 1 ? all : [...all.slice(0, 1), ...all]) }),
  },

  unauthorized: {
    label: "401: the key is revoked",
    group: "The client explains",
    create: always(apiError(401, "INVALID_API_KEY", "The API key is missing, invalid, revoked or expired")),
  },
  forbidden: {
    label: "403: the key is suspended",
    group: "The client explains",
    create: always(apiError(403, "API_KEY_SUSPENDED", "The API key is suspended")),
  },
  missing: {
    label: "404: a wrong address",
    group: "The client explains",
    create: always(apiError(404, "NOT_FOUND", "Cannot GET /phone-numbers")),
  },
  rejected: {
    label: "400: the parameters are refused",
    group: "The client explains",
    create: always({
      status: 400,
      body: {
        statusCode: 400,
        message: ["page must not be less than 1", "limit must not be greater than 100"],
        error: "Bad Request",
      },
    }),
  },
  limited: {
    label: "429: nothing is left for an hour",
    group: "The client explains",
    create: always(tooManyRequests(3_600)),
  },
  down: { label: "503: the API is down", group: "The client explains", create: always(unavailable) },
  unsuccessful: {
    label: "200, but not a success",
    group: "The client explains",
    create: always(apiError(200, "LISTING_UNAVAILABLE", "The listing is not available")),
  },
  cut: {
    label: "The connection breaks off",
    group: "The client explains",
    create: always({
      body: { data: [], total: 0, page: 1, limit: 20, totalPages: 0 },
      fault: { type: "reset-in-body" },
    }),
  },
  silent: {
    label: "Never answers",
    group: "The client explains",
    create: always({ fault: { type: "stall-before-headers" } }),
  },
  html: {
    label: "Answers with a web page",
    group: "The client explains",
    create: always({ headers: html, body: "<h1>Welcome</h1>" }),
  },
  malformed: {
    label: "Numbers that break the contract",
    group: "The client explains",
    create: () => ({ phoneNumbers: (all) => all.map(malform) }),
  },
} satisfies Record<string, BehaviourChoice>;

export type BehaviourName = keyof typeof BEHAVIOURS;

/** Every third number has something wrong with it. */
function malform(phoneNumber: PhoneNumber, index: number): PhoneNumber {
  if (index % 3 !== 0) return phoneNumber;
  const { status: _, ...rest } = phoneNumber;
  return { ...rest, custom: "no" } as unknown as PhoneNumber;
}
