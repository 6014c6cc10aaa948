import type { InstaViewErrorType, Issue, RateLimit } from "../wasm/core.js";

/** Shared by every copy of this package in a program, so that they know each other's errors. */
const brand = Symbol.for("instaview-phone-numbers.InstaViewError");

/**
 * The fields of an {@link InstaViewError} beside its message.
 *
 * @internal
 */
export type InstaViewErrorFields = Omit<InstaViewError, keyof Error | "toJSON">;

/**
 * What every call of this package fails with, but for the caller's abort: that rejects with `signal.reason`, as fetch
 * does.
 *
 * @example
 * ```ts
 * try {
 *   await listPhoneNumbers({ page: 2 });
 * } catch (error) {
 *   if (isInstaViewError(error) && error.type === "authentication") {
 *     console.error("Check INSTAVIEW_API_KEY:", error.message);
 *   } else {
 *     throw error;
 *   }
 * }
 * ```
 */
export class InstaViewError extends Error {
  /** What went wrong, as one word to decide by. */
  declare readonly type: InstaViewErrorType;
  /** The HTTP status of the response, where there was one. */
  declare readonly status?: number;
  /** The API's own code, such as `INVALID_API_KEY`. */
  declare readonly code?: string;
  /** Every message the server gave: it may send one for each wrong field. */
  declare readonly messages: string[];
  /** What the API added to its error. */
  declare readonly details?: unknown;
  /** What is wrong with the arguments (all of it) or with the response (the first 20 problems). */
  declare readonly issues: Issue[];
  /** The server's name for the request (`X-Request-Id`), for its support. */
  declare readonly requestId?: string;
  /** What the server reported of its rate limits. */
  declare readonly rateLimit?: RateLimit;
  /** Milliseconds after which another attempt makes sense, where the server or the rate limit says so. */
  declare readonly retryAfter?: number;
  /** Attempts made, the first included; 0 where nothing was sent. */
  declare readonly attempts: number;

  /** @internal */
  constructor(message?: string, options: ErrorOptions & Partial<InstaViewErrorFields> = {}) {
    const { cause, ...fields } = options;
    super(message, Object.hasOwn(options, "cause") ? { cause } : undefined);
    define(this, brand, true, false);
    const defaults = { type: "internal", messages: [], issues: [], attempts: 0 };
    for (const [name, value] of Object.entries({ ...defaults, ...fields })) define(this, name, value, true);
  }

  /**
   * On the prototype, where the stack's first line takes it from; it can be set, as that of every error.
   *
   * @internal
   */
  override get name(): string {
    return "InstaViewError";
  }
  override set name(name: string) {
    define(this, "name", name, false);
  }

  /** What a log should keep: every field, without the stack. */
  toJSON(): Record<string, unknown> {
    return { name: this.name, message: this.message, ...(this as object) };
  }
}

/** Defines an own property, whatever sits on a polluted or frozen prototype. */
function define(error: object, name: string | symbol, value: unknown, enumerable: boolean): void {
  const descriptor = { __proto__: null, value, enumerable, writable: true, configurable: true };
  Object.defineProperty(error, name, descriptor);
}

/**
 * Whether a caught value is an {@link InstaViewError}, also of another copy of this package.
 *
 * @example
 * ```ts
 * if (isInstaViewError(error)) console.error(error.type, error.requestId);
 * ```
 */
export function isInstaViewError(value: unknown): value is InstaViewError {
  try {
    return brand in Object(value);
  } catch {
    // A Proxy may refuse even this.
    return false;
  }
}
