import type { Api } from "../../pkg-template/src/testing/api.ts";
import type { Envelope } from "../../pkg-template/src/testing/envelopes.ts";
import { ApiError } from "../../pkg-template/src/testing/errors.ts";
import type { RateLimiter } from "../../pkg-template/src/testing/rate-limit.ts";
import type { Behaviour } from "./behaviours.ts";
import { API_KEYS, type ApiKey, authenticate, authorizedCompany } from "./keys.ts";

/** Where phone numbers are listed: InstaView's guides show all three. */
export const PHONE_NUMBERS_PATHS = ["/phone-numbers", "/v1/phone-numbers", "/v1/public/phone-numbers"];

/** The API with the sandbox's keys and companies, and whatever is unusual at the moment. */
export function sandboxApi(options: {
  envelope: () => Envelope;
  behaviour: () => Behaviour;
  rateLimiter: RateLimiter;
  now: () => number;
}): Api<ApiKey> {
  const { envelope, behaviour, rateLimiter, now } = options;
  return {
    now,
    envelope,
    authenticate,
    countRequest(token, time) {
      if (token === undefined || !API_KEYS.has(token)) return undefined;
      const taken = rateLimiter.take(token, time);
      return behaviour().rateLimit?.(taken, time) ?? taken;
    },
    checkRoute(method, path) {
      const isListing = PHONE_NUMBERS_PATHS.includes(path) && (method === "GET" || method === "HEAD");
      if (!isListing) throw new ApiError(404, "NOT_FOUND", `Cannot ${method} ${path}`);
    },
    phoneNumbers(key, companyId, page) {
      const { phoneNumbers } = authorizedCompany(key, companyId);
      return behaviour().phoneNumbers?.(phoneNumbers, page) ?? phoneNumbers;
    },
  };
}
