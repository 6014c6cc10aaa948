// What the core leaves to JavaScript, because it takes a fraction of the bytes there: to wait, and to look at values of
// the caller's, every access to which may throw. What follows from it, the core decides.

/**
 * Runs a call: each step gives something to wait for, or the outcome.
 *
 * @param {(settled?: unknown) => any} step
 */
export async function drive(step) {
  let next = step();
  // Promises have no type, and outcomes have.
  while (!next.type) next = step(await next);
  return next;
}

const ABORTED = 1;
const TIMED_OUT = 2;

const UNREADABLE = 1;
const BROKEN = 2;
const NOT_BYTES = 3;
const TOO_LONG = 4;

/**
 * Does what may fail, now or later, without anybody's interest.
 *
 * @param {() => unknown} act
 */
function ignore(act) {
  new Promise((resolve) => resolve(act())).catch(() => {});
}

/** Leaves a body unread, and its connection free for others. */
export const discard = (/** @type {ReadableStream} */ body) => ignore(() => body.cancel());

/**
 * What ends a call early, the caller's abort, or one attempt of it, the timeout. Throws what a signal throws.
 *
 * @param {AbortSignal | undefined} signal
 * @param {AbortSignal | undefined} ended
 * @param {import("../../pkg-template/wasm/core.js").Environment} environment
 */
export function watch(signal, ended, environment) {
  let cause = 0;
  /** @type {unknown} */
  let reason;
  let deadline = Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let clock;
  /** @type {AbortController | undefined} */
  let controller;
  /** @type {((value?: any) => void) | undefined} */
  let settle;

  const end = (/** @type {number} */ why) => {
    cause = why;
    controller?.abort();
    settle?.();
  };
  const abort = (/** @type {AbortSignal} */ signal) => {
    if (cause) return;
    try {
      reason = signal.reason;
    } catch (thrown) {
      reason = thrown;
    }
    end(ABORTED);
  };
  /** @type {[AbortSignal, () => void][]} */
  const watched = [];
  // A body that is always ready keeps timers from running: the clock is looked at too.
  const causeNow = () => {
    if (!cause && Date.now() > deadline) end(TIMED_OUT);
    return cause;
  };
  /**
   * What becomes of a promise, or nothing once there is an interruption. What it does after that is nobody's business, and
   * never an unhandled rejection.
   *
   * @param {() => any} make
   * @returns {Promise<{ value: any, problem?: number } | undefined>}
   */
  const race = (make) =>
    new Promise((resolve) => {
      settle = resolve;
      new Promise((resolve) => resolve(make())).then(
        (value) => resolve({ value }),
        (value) => resolve({ value, problem: BROKEN }),
      );
    });

  for (const given of [signal, ended]) {
    if (!given) continue;
    const onAbort = () => abort(given);
    if (given.aborted === true) onAbort();
    else environment.subscribe(given, onAbort);
    watched.push([given, onAbort]);
  }
  return {
    cause: causeNow,

    reason: () => reason,

    /**
     * Starts the clock of an attempt.
     *
     * @param {number} milliseconds
     */
    start(milliseconds) {
      deadline = Date.now() + milliseconds;
      clock = setTimeout(() => cause || end(TIMED_OUT), milliseconds);
    },

    /** A timeout ends one attempt alone. */
    stop() {
      clearTimeout(clock);
      controller = undefined;
      deadline = Infinity;
      if (cause === TIMED_OUT) cause = 0;
    },

    /**
     * The request of an attempt. It stays CORS-simple but for `Authorization` and what the caller adds. Redirects are not
     * followed, and `manual` says so because workerd refuses `error`.
     *
     * @param {string} url
     * @param {Headers} headers
     * @param {string | undefined} authorization
     */
    request(url, headers, authorization) {
      controller = new AbortController();
      headers.set("Accept", "application/json");
      if (authorization) headers.set("Authorization", authorization);
      return new Request(url, { headers, redirect: "manual", signal: controller.signal });
    },

    /**
     * Calls a function of the caller's, or the platform's fetch, which refuses any `this` but the global object.
     *
     * @param {Function} method
     * @param {unknown} argument
     */
    call: (method, argument) => race(() => method.call(globalThis, argument)),

    /**
     * Waits to be woken, for so many milliseconds at most where they are given.
     *
     * @param {number | undefined} milliseconds
     */
    async sleep(milliseconds) {
      let timer;
      await new Promise((resolve) => {
        settle = resolve;
        if (milliseconds !== undefined) timer = setTimeout(resolve, milliseconds);
      });
      clearTimeout(timer);
    },

    wake: () => settle?.(),

    /**
     * All bytes of a body, or the problem with it; not more of them than so many.
     *
     * @param {ReadableStream} body
     * @param {number} most
     */
    async read(body, most) {
      let problem = UNREADABLE;
      /** @type {any} */
      let reader;
      try {
        reader = body.getReader();
        problem = BROKEN;
        const chunks = [];
        let length = 0;
        for (;;) {
          const chunk = await race(() => reader.read());
          if (!chunk || causeNow()) break;
          if (chunk.problem) throw chunk.value;
          /** @type {{ done: unknown, value: any }} */
          const { done, value } = chunk.value;
          if (done) {
            const bytes = new Uint8Array(length);
            length = 0;
            for (const chunk of chunks) {
              bytes.set(chunk, length);
              length += chunk.length;
            }
            return { value: bytes };
          }
          const isBytes = ArrayBuffer.isView(value) && /** @type {any} */ (value).BYTES_PER_ELEMENT === 1;
          if (!isBytes) problem = NOT_BYTES;
          length += value.length;
          if (length > most) problem = TOO_LONG;
          if (problem !== BROKEN) break;
          // A copy, because a chunk of a resizable buffer may grow.
          chunks.push(new Uint8Array(value));
        }
        ignore(() => reader.cancel());
        return { problem };
      } catch (value) {
        ignore(() => reader?.cancel());
        return { value, problem };
      }
    },

    close() {
      for (const [signal, onAbort] of watched) {
        try {
          environment.unsubscribe(signal, onAbort);
        } catch {
          // The caller's signal may throw, and is not needed any more.
        }
      }
    },
  };
}

const KINDS = ["undefined", "null", "false", "true", "number", "string", "array", "object", "function"];

/**
 * What a value is, as an index of these kinds; a symbol or a bigint is none of them.
 *
 * @param {unknown} value
 */
export function kind(value) {
  /** @type {string} */
  let name = typeof value;
  if (value === null || name === "boolean") name = String(value);
  try {
    if (Array.isArray(value)) name = "array";
  } catch {
    // A revoked Proxy is an object.
  }
  return KINDS.indexOf(name);
}

/**
 * An object's member; undefined where there is none, or no object, or where it refuses.
 *
 * @param {any} value
 * @param {string} name
 */
export function member(value, name) {
  try {
    return typeof value === "object" ? value[name] : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The names in a copy of the caller's options, which TypeScript has put onto an object without a prototype; nothing where
 * it is still what the caller gave, because that is no plain object.
 *
 * @param {any} value
 */
export function names(value) {
  try {
    return typeof value === "object" && Object.getPrototypeOf(value) === null
      ? Object.keys(value)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The platform's fetch, which may be replaced at any time. */
export const globalFetch = () => globalThis.fetch;

/**
 * A URL, parsed and normalised; nothing where it is none.
 *
 * @param {string} url
 * @param {string | undefined} base
 */
export function href(url, base) {
  try {
    return new URL(url, base).href;
  } catch {
    return undefined;
  }
}

/**
 * A header of an answer; nothing where there is none, and false where there are no headers.
 *
 * @param {any} response
 * @param {string} name
 */
export function header(response, name) {
  try {
    return response.headers.get(name);
  } catch {
    return false;
  }
}

export const headers = () => new Headers();

/**
 * Adds the headers that the caller gave, over what is there. Whether they are headers: of strings only, because `Headers`
 * itself would send null as the text "null". They are read once, because the second time they may be others.
 *
 * @param {Headers} headers
 * @param {any} given
 */
export function addHeaders(headers, given) {
  try {
    const pair = (/** @type {unknown} */ name, /** @type {unknown} */ value) => {
      if (typeof name !== "string" || typeof value !== "string") throw name;
      return /** @type {[string, string]} */ ([name, value]);
    };
    if (typeof given !== "object") return false;
    const pairs =
      typeof given[Symbol.iterator] === "function"
        ? Array.from(given, (entry) => pair(Reflect.get(entry, 0), Reflect.get(entry, 1)))
        : Reflect.ownKeys(given).map((name) => pair(name, given[name]));
    for (const [name, value] of pairs) headers.set(name, value);
    return true;
  } catch {
    return false;
  }
}

/** @param {any} object @param {string} name @param {unknown} value */
const set = (object, name, value) => {
  object[name] = value;
};

export { set as setNumber, set as setText, set as setValue };

/**
 * An error of our own, in place of what was thrown.
 *
 * @param {string} message
 */
export const error = (message) => new Error(message);
