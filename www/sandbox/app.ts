import { Hono } from "hono";
import type { Behaviour } from "./behaviours.ts";
import { type Envelope, inEnvelope, type Page } from "./envelopes.ts";
import { ApiError, apiErrorBody, ParameterError, parameterErrorBody } from "./errors.ts";
import { API_KEYS, authenticate, authorizedCompany, bearerToken } from "./keys.ts";
import { readParameters } from "./parameters.ts";
import { type RateLimiter, rateLimitBody, rateLimitHeaders } from "./rate-limit.ts";

/** Where phone numbers are listed: InstaView's guides show all three. */
export const PHONE_NUMBERS_PATHS = ["/phone-numbers", "/v1/phone-numbers", "/v1/public/phone-numbers"];

/** The API itself: keys, rate limits, parameters and answers. */
export function createApp(options: {
  envelope: () => Envelope;
  behaviour: () => Behaviour;
  rateLimiter: RateLimiter;
  now: () => number;
}): Hono {
  const { envelope, behaviour, rateLimiter, now } = options;
  const app = new Hono();

  app.use(async (c, next) => {
    const token = bearerToken(c.req.header("Authorization"));
    if (token === undefined || !API_KEYS.has(token)) return next();

    const time = now();
    const taken = rateLimiter.take(token, time);
    const decision = behaviour().rateLimit?.(taken, time) ?? taken;
    for (const [name, value] of Object.entries(rateLimitHeaders(decision))) c.header(name, value);
    if (!decision.exceeded) return next();

    const body = rateLimitBody(decision.exceeded, time);
    return c.json(body, 429, { "Retry-After": String(body.retryAfter) });
  });

  app.on("GET", PHONE_NUMBERS_PATHS, (c) => {
    const key = authenticate(bearerToken(c.req.header("Authorization")));
    const { page, limit, companyId } = readParameters(new URL(c.req.url).searchParams);
    const company = authorizedCompany(key, companyId);
    const phoneNumbers = behaviour().phoneNumbers?.(company.phoneNumbers, page) ?? company.phoneNumbers;
    const answer: Page = {
      data: phoneNumbers.slice((page - 1) * limit, page * limit),
      total: phoneNumbers.length,
      page,
      limit,
      totalPages: Math.ceil(phoneNumbers.length / limit),
    };
    return c.json(inEnvelope(envelope(), answer, now()));
  });

  app.notFound(({ req }) => {
    throw new ApiError(404, "NOT_FOUND", `Cannot ${req.method} ${req.path}`);
  });

  app.onError((error, c) => {
    if (error instanceof ParameterError) return c.json(parameterErrorBody(error), 400);
    if (error instanceof ApiError) return c.json(apiErrorBody(error, now()), error.status);
    throw error;
  });

  return app;
}
