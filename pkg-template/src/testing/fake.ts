import type { Issue, PhoneNumber } from "../../wasm/core.js";
import { invalidArgument, issueOf } from "../issues.ts";
import { type Api, answerRequest } from "./api.ts";
import type { Envelope } from "./envelopes.ts";
import { ApiError, invalidKey } from "./errors.ts";
import { parameter } from "./parameters.ts";
import { PhoneNumberGenerator } from "./phone-numbers.ts";
import { RateLimiter } from "./rate-limit.ts";
import { afterLatency, checkResponses, type FakeResponse, fakeResponse, jsonResponse } from "./responses.ts";

export type { FakeResponse } from "./responses.ts";

/** How a fake InstaView starts. */
export interface FakeInstaViewOptions {
  /** The phone numbers, or how many to make up: always the same ones. Default: 50. */
  phoneNumbers?: readonly PhoneNumber[] | number;
  /** The shape of its answers; the client reads all of them alike. Default: `flat`. */
  envelope?: "flat" | "nested" | "guide" | "enveloped";
  /** Requests of each key in a window, 1 at least. Default: no limits, and no headers that report them. */
  rateLimit?: { minute: number; hour: number };
  /** Milliseconds before each response. Default: 0, without a timer. */
  latency?: number;
  /** Its clock: Unix time in milliseconds. Default: `Date.now`. */
  now?: () => number;
}

/** A fake InstaView: what {@link createFakeInstaView} makes. */
export interface FakeInstaView {
  /** What to give as `fetch`. It also fits MSW: `({ request }) => fake.fetch(request.url, request)`. */
  readonly fetch: (url: string, init?: RequestInit | Request) => Promise<Response>;
  /** What it lists, in this order. May be changed between requests. */
  phoneNumbers: PhoneNumber[];
  /** Every request since the start or the last `reset()`. What was not sent has the API's default. */
  readonly requests: readonly { url: string; page: number; limit: number; companyId?: string }[];
  /** Answers the next requests, in order, instead: whatever they ask for, and whatever their key. */
  respondNext(...responses: FakeResponse[]): void;
  /** As it was made: without requests, answers to come, counted requests and changes of its phone numbers. */
  reset(): void;
}

type RecordedRequest = FakeInstaView["requests"][number];

const COMPANY = "6f1d2a3b-4c5e-4f60-8a7b-9c0d1e2f3a4b";

/** Any seed, as long as it stays the same. */
const SEED = 7;

let fakes = 0;

/**
 * A phone number as InstaView gives it: a local one of New York that is available in both directions. Each has an `id` of
 * its own, because a listing gives none twice.
 *
 * @param overrides - What is to be different. Default: nothing.
 *
 * @example
 * ```ts
 * const taken = fakePhoneNumber({ status: "IN_USE", location: null });
 * ```
 */
export function fakePhoneNumber(overrides?: Partial<PhoneNumber>): PhoneNumber {
  fakes += 1;
  return {
    id: `00000000-0000-4000-8000-${String(fakes).padStart(12, "0")}`,
    // A range that is set aside for fiction.
    number: `+121255501${String(fakes % 100).padStart(2, "0")}`,
    companyId: COMPANY,
    capabilities: "INBOUND_OUTBOUND",
    custom: false,
    provider: "TWILIO",
    status: "AVAILABLE",
    numberType: "LOCAL",
    createdAt: "2025-01-15T10:30:00.000Z",
    updatedAt: "2025-01-15T10:30:00.000Z",
    location: "New York, US",
    ...overrides,
  };
}

/**
 * Makes a fake InstaView, which answers `GET …/phone-numbers`, at whatever base URL, as InstaView does: it checks the key and
 * the parameters, filters by `companyId`, and counts requests. Any key is right that is sent as `Authorization: Bearer …`;
 * without one it answers 401. It uses no network, no timer unless there is a `latency`, and nothing of Node.
 *
 * @param options - What it lists, and how. Default: 50 phone numbers, without limits.
 * @throws An `InstaViewError` of the type `invalid_argument`, where an option is wrong.
 *
 * @example
 * ```ts
 * const fake = createFakeInstaView({ phoneNumbers: 3 });
 * const client = new InstaViewClient({ apiKey: "sk_test_any", fetch: fake.fetch });
 * fake.respondNext({ status: 503 });
 * const { total } = await client.listPhoneNumbers(); // 3, after a retry
 * ```
 */
export function createFakeInstaView(options: FakeInstaViewOptions = {}): FakeInstaView {
  check(options);
  const { phoneNumbers = 50, envelope = "flat", rateLimit, latency = 0, now = Date.now } = options;
  // The caller's own objects stay as they are, whatever a test does with the fake's.
  const initial = copyOf(
    typeof phoneNumbers === "number"
      ? new PhoneNumberGenerator(SEED).company(COMPANY, phoneNumbers)
      : phoneNumbers,
  );
  const limiter = rateLimit && new RateLimiter(rateLimit);
  const requests: RecordedRequest[] = [];
  const scripted: FakeResponse[] = [];
  let received = 0;

  const fake: FakeInstaView = {
    fetch: (url, init) => respond(url, init),
    phoneNumbers: copyOf(initial),
    requests,
    respondNext(...responses) {
      checkResponses(responses);
      scripted.push(...responses);
    },
    reset() {
      fake.phoneNumbers = copyOf(initial);
      requests.length = 0;
      scripted.length = 0;
      limiter?.clear();
    },
  };

  const api: Api<string> = {
    now,
    envelope: () => envelope,
    countRequest: (token, time) => (token === undefined ? undefined : limiter?.take(token, time)),
    checkRoute(method, path) {
      if (method === "GET" && path.endsWith("/phone-numbers")) return;
      const message = `The fake InstaView knows GET /phone-numbers alone, not ${method} ${path}`;
      throw new ApiError(501, "NOT_IMPLEMENTED", message);
    },
    authenticate(token) {
      if (token === undefined) throw invalidKey();
      return token;
    },
    phoneNumbers: (_, companyId) =>
      companyId === undefined
        ? fake.phoneNumbers
        : fake.phoneNumbers.filter((number) => number.companyId.toLowerCase() === companyId.toLowerCase()),
  };

  async function respond(url: string, init: RequestInit | Request = {}): Promise<Response> {
    const signal = init.signal ?? undefined;
    signal?.throwIfAborted();
    requests.push(recordOf(url));
    received += 1;
    const name = `fake-${received}`;
    const next = scripted.shift();
    await afterLatency(latency, signal);
    if (next) return await fakeResponse(next, { name, now: now(), signal });
    const authorization = new Headers(init.headers).get("Authorization") ?? undefined;
    const { status, headers, body } = answerRequest(api, {
      method: init.method ?? "GET",
      url,
      authorization,
    });
    return jsonResponse(status, body, headers, { name, now: now() });
  }

  return fake;
}

const copyOf = (phoneNumbers: readonly PhoneNumber[]) => phoneNumbers.map((number) => ({ ...number }));

/** What a request asks for: what is no number is not a number. */
function recordOf(url: string): RecordedRequest {
  const { searchParams } = new URL(url, "http://localhost");
  const number = (name: string, fallback: number) => {
    const text = parameter(searchParams, name) ?? String(fallback);
    return text === "" ? Number.NaN : Number(text);
  };
  const companyId = parameter(searchParams, "companyId");
  return {
    url,
    page: number("page", 1),
    limit: number("limit", 20),
    ...(companyId !== undefined && { companyId }),
  };
}

const ENVELOPES: readonly Envelope[] = ["flat", "nested", "guide", "enveloped"];

function check({ phoneNumbers, envelope, rateLimit, latency, now }: FakeInstaViewOptions) {
  const issues: Issue[] = [];
  const expect = (isRight: boolean, path: string, expected: string, received: unknown) => {
    if (received !== undefined && !isRight) issues.push(issueOf(path, expected, received));
  };
  const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;
  const numbers = "an array of phone numbers, or how many to make up";
  expect(Array.isArray(phoneNumbers) || isCount(phoneNumbers), "phoneNumbers", numbers, phoneNumbers);
  expect(ENVELOPES.includes(envelope as Envelope), "envelope", `one of ${ENVELOPES.join(", ")}`, envelope);
  if (rateLimit !== undefined) {
    for (const name of ["minute", "hour"] as const) {
      const limit = Object(rateLimit)[name];
      if (!isCount(limit) || limit === 0)
        issues.push(issueOf(`rateLimit.${name}`, "an integer from 1", limit));
    }
  }
  expect(isCount(latency), "latency", "an integer from 0 (milliseconds)", latency);
  expect(typeof now === "function", "now", "a function", now);
  if (issues.length > 0) throw invalidArgument(issues);
}
