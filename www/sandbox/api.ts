import type { Api } from "../../pkg-template/src/testing/api.ts";
import type { Envelope } from "../../pkg-template/src/testing/envelopes.ts";
import { ApiError } from "../../pkg-template/src/testing/errors.ts";
import type { RateLimiter } from "../../pkg-template/src/testing/rate-limit.ts";
import type { Behaviour } from "./behaviours.ts";
import { API_KEYS, type ApiKey, authenticate, authorizedCompany } from "./keys.ts";

/** Where phone numbers are listed: InstaView's guides show all three. */
export const PHONE_NUMBERS_PATHS = ["/phone-numbers", "/v1/phone-numbers", "/v1/public/phone-numbers"];

const METHODS = ["GET", "HEAD"];

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
      const message = `Cannot ${method} ${path}`;
      if (!PHONE_NUMBERS_PATHS.includes(path)) throw new ApiError(404, "NOT_FOUND", message);
      if (!METHODS.includes(method)) {
        // InstaView documents no answer: this is HTTP's own. Source: RFC 9110, section 15.5.6.
        throw new ApiError(405, "METHOD_NOT_ALLOWED", message, {}, { Allow: METHODS.join(", ") });
      }
    },
    phoneNumbers(key, companyId, page) {
      const { phoneNumbers } = authorizedCompany(key, companyId);
      return behaviour().phoneNumbers?.(phoneNumbers, page) ?? phoneNumbers;
    },
  };
}
