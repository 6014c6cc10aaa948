import type { PhoneNumber } from "../../wasm/core.js";
import { type Envelope, inEnvelope } from "./envelopes.ts";
import { errorAnswer } from "./errors.ts";
import { readParameters } from "./parameters.ts";
import { type RateLimitDecision, rateLimitBody, rateLimitHeaders } from "./rate-limit.ts";

/** What the API knows, and how it behaves at the moment. `Key` is what is known of a key. */
export interface Api<Key> {
  /** Unix time in milliseconds. */
  now(): number;
  /** Counts the request of a key, where its requests are limited. */
  countRequest(token: string | undefined, now: number): RateLimitDecision | undefined;
  /** Refuses what is not routed. */
  checkRoute(method: string, path: string): void;
  /** Refuses a key that is unknown or restricted. */
  authenticate(token: string | undefined): Key;
  /** The phone numbers that a request for this page of a company finds; refuses a company that the key may not see. */
  phoneNumbers(key: Key, companyId: string | undefined, page: number): readonly PhoneNumber[];
  /** The shape of a success answer. */
  envelope(): Envelope;
}

/** A request, without anything of the network. */
export interface ApiRequest {
  method: string;
  /** Path and query, or the whole address. */
  url: string;
  authorization: string | undefined;
}

/** An answer, without anything of the network: its body is JSON. */
export interface ApiAnswer {
  status: number;
  headers: Record<string, string>;
  body: object;
}

/** The token of a Bearer `Authorization` header. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return authorization?.match(/^Bearer +(\S+)$/i)?.[1];
}

/** Answers a request as InstaView does: the rate limit first, then route, key, parameters and company. */
export function answerRequest<Key>(api: Api<Key>, request: ApiRequest): ApiAnswer {
  const now = api.now();
  const token = bearerToken(request.authorization);
  const decision = api.countRequest(token, now);
  const headers = decision ? rateLimitHeaders(decision) : {};
  if (decision?.exceeded) {
    const body = rateLimitBody(decision.exceeded, now);
    return { status: 429, headers: { ...headers, "Retry-After": String(body.retryAfter) }, body };
  }
  try {
    return { status: 200, headers, body: listing(api, request, token) };
  } catch (error) {
    const { status, headers: own, body } = errorAnswer(error, now);
    return { status, headers: { ...headers, ...own }, body };
  }
}

function listing<Key>(api: Api<Key>, { method, url }: ApiRequest, token: string | undefined): object {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  api.checkRoute(method, pathname);
  const key = api.authenticate(token);
  const { page, limit, companyId } = readParameters(searchParams);
  const phoneNumbers = api.phoneNumbers(key, companyId, page);
  const answer = {
    data: phoneNumbers.slice((page - 1) * limit, page * limit),
    total: phoneNumbers.length,
    page,
    limit,
    totalPages: Math.ceil(phoneNumbers.length / limit),
  };
  return inEnvelope(api.envelope(), answer, api.now());
}
