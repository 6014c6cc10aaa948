/** The requests that each key may make in a window. */
export interface RateLimits {
  minute: number;
  hour: number;
}

/** What a key has used of a window. */
export interface WindowUsage {
  limit: number;
  remaining: number;
  /** Unix time in milliseconds, always a whole minute. */
  resetAt: number;
}

/** The outcome for one request. */
export interface RateLimitDecision {
  minute: WindowUsage;
  hour: WindowUsage;
  /** The window that refuses the request; of two, the one that resets last. */
  exceeded: WindowUsage | undefined;
}

class FixedWindow {
  readonly #limit: number;
  readonly #length: number;
  readonly #usage = new Map<string, WindowUsage>();

  constructor(limit: number, length: number) {
    this.#limit = limit;
    this.#length = length;
  }

  usage(key: string, now: number): WindowUsage {
    const current = this.#usage.get(key);
    if (current && now < current.resetAt) return current;
    const resetAt = (Math.floor(now / this.#length) + 1) * this.#length;
    const fresh = { limit: this.#limit, remaining: this.#limit, resetAt };
    this.#usage.set(key, fresh);
    return fresh;
  }

  clear() {
    this.#usage.clear();
  }
}

/** Counts requests per key in two windows at once, which start at every full minute and hour (UTC). */
export class RateLimiter {
  readonly #minute: FixedWindow;
  readonly #hour: FixedWindow;

  constructor(limits: RateLimits) {
    this.#minute = new FixedWindow(limits.minute, 60_000);
    this.#hour = new FixedWindow(limits.hour, 3_600_000);
  }

  /** Counts a request, unless a window refuses it. `now` is Unix time in milliseconds. */
  take(key: string, now: number): RateLimitDecision {
    const minute = this.#minute.usage(key, now);
    const hour = this.#hour.usage(key, now);
    const exceeded = [hour, minute].find(({ remaining }) => remaining === 0);
    if (!exceeded) {
      minute.remaining -= 1;
      hour.remaining -= 1;
    }
    return { minute, hour, exceeded };
  }

  clear() {
    this.#minute.clear();
    this.#hour.clear();
  }
}

/** The headers that report a decision. */
export function rateLimitHeaders({ minute, hour }: RateLimitDecision): Record<string, string> {
  return {
    "X-RateLimit-Limit-Minute": String(minute.limit),
    "X-RateLimit-Remaining-Minute": String(minute.remaining),
    "X-RateLimit-Reset-Minute": String(minute.resetAt / 1000),
    "X-RateLimit-Limit-Hour": String(hour.limit),
    "X-RateLimit-Remaining-Hour": String(hour.remaining),
    "X-RateLimit-Reset-Hour": String(hour.resetAt / 1000),
  };
}

/** The body of a 429, in NestJS's shape. `now` is Unix time in milliseconds. */
export function rateLimitBody({ limit, remaining, resetAt }: WindowUsage, now: number) {
  return {
    statusCode: 429,
    message: "Rate limit exceeded",
    error: "Too Many Requests",
    retryAfter: Math.ceil((resetAt - now) / 1000),
    limit,
    remaining,
    reset: resetAt / 1000,
  };
}
