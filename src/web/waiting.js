// What the core waits for: promises, signals, and the caller's store of rate limits.
import { kindOf, property } from "./caller.js";

/**
 * Follows a promise until it settles or is released, whichever comes first.
 *
 * What waits for a promise in Rust is only freed once that promise settles. One of the caller's or the platform's may never do so; this
 * one does when it is released.
 */
export class Pending {
  // Fields are defined: an assignment would call a setter on `Object.prototype`.
  promise;
  release = () => {};

  /** @param {unknown} value - A promise, or whatever a foreign function returned in its place. */
  constructor(value) {
    this.promise = new Promise((resolve, reject) => {
      this.release = () => resolve(undefined);
      // What a foreign value throws here rejects this promise.
      Promise.resolve(value).then(resolve, reject);
    });
  }

  /**
   * Calls back when it settles.
   *
   * @param {(isFulfilled: boolean, value: unknown) => void} onSettled
   */
  whenSettled(onSettled) {
    this.promise.then(
      (value) => onSettled(true, value),
      (reason) => onSettled(false, reason),
    );
  }

  /**
   * Calls a foreign function that should return a promise, which is followed once: a lazy one may send its request each time. Where
   * the function throws, this is a promise that rejects: an exception would leave a slot in the core's table of values
   * occupied, as `reading.js` says.
   *
   * @param {(...args: unknown[]) => unknown} callee
   * @param {unknown} self
   * @param {unknown[]} args
   */
  static call(callee, self, ...args) {
    try {
      return Promise.resolve(Reflect.apply(callee, self, args));
    } catch (thrown) {
      return Promise.reject(thrown);
    }
  }
}

/**
 * The callbacks of each signal, which one listener serves: Node warns of a signal with more than ten listeners.
 *
 * @type {Map<AbortSignal, { callbacks: Set<() => void>; listener: () => void }>}
 */
const subscriptions = new Map();

/** Whether the core has trapped, so that nobody would take a listener back. */
let hasEnded = false;

/**
 * Calls back when the signal is aborted, unless it is unsubscribed before. Whether it is aborted already; undefined where it throws.
 *
 * @param {AbortSignal} signal
 * @param {() => void} callback
 */
function subscribe(signal, callback) {
  try {
    if (signal.aborted === true) return true;
    const subscription = subscriptions.get(signal);
    if (subscription) {
      subscription.callbacks.add(callback);
    } else if (!hasEnded) {
      const callbacks = new Set([callback]);
      const listener = () => {
        for (const callback of [...callbacks]) callback();
      };
      // First: what is no signal throws, and is not kept.
      signal.addEventListener("abort", listener);
      subscriptions.set(signal, { callbacks, listener });
    }
    return false;
  } catch {
    return undefined;
  }
}

/**
 * Takes the callback back, and with the last one the listener.
 *
 * @param {AbortSignal} signal
 * @param {() => void} callback
 */
function unsubscribe(signal, callback) {
  const subscription = subscriptions.get(signal);
  if (!subscription?.callbacks.delete(callback) || subscription.callbacks.size > 0) return;
  subscriptions.delete(signal);
  removeListener(signal, subscription.listener);
}

/**
 * Takes a listener from a signal, which may throw and is not needed any more.
 *
 * @param {AbortSignal} signal
 * @param {() => void} listener
 */
function removeListener(signal, listener) {
  try {
    signal.removeEventListener("abort", listener);
  } catch {
    // Then it calls nobody.
  }
}

/** Takes all listeners back, after a trap: the core cannot do so any more. */
export function unsubscribeAll() {
  hasEnded = true;
  for (const [signal, { listener }] of subscriptions) {
    subscriptions.delete(signal);
    removeListener(signal, listener);
  }
}

/**
 * What the promise of an aborted call rejects with. The signals of old platforms have no reason.
 *
 * @param {AbortSignal} signal
 * @returns {unknown}
 */
function reasonOf(signal) {
  try {
    const { reason } = signal;
    return reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason;
  } catch (thrown) {
    return thrown;
  }
}

/** A clock that nobody sets back. */
export const clock = { isUsable: () => typeof globalThis.performance?.now === "function" };

export const signals = { subscribe, unsubscribe, reasonOf };

/** Milliseconds that a store has for a result, unless it has a `timeout` of its own. */
const STORE_TIMEOUT = 250;

/** What stands for the last key and base URL of each store's calls. @type {WeakMap<object, { text: string; id: string }>} */
const ids = new WeakMap();

/**
 * A SHA-256, which does not give away what it stands for.
 *
 * @param {object} store
 * @param {string} text
 */
async function idOf(store, text) {
  const known = ids.get(store);
  if (known?.text === text) return known.id;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const id = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  ids.set(store, { text, id });
  return id;
}

/** As the core numbers them. */
const WINDOWS = ["minute", "hour", "retry-after"];

/**
 * What a store has decided, as the core takes it: permit and id, or delay and window; then the number of clients.
 *
 * @param {any} decision
 * @param {string} id
 */
function readDecision(decision, id) {
  const { admitted, permit, delay, window, clients } = Object(decision);
  const isCount = typeof clients === "number" && clients >= 1;
  const shared = isCount ? clients : 1;
  if (admitted === true && typeof permit === "string") return [permit, id, shared];
  const index = WINDOWS.indexOf(window);
  if (admitted === false && typeof delay === "number" && delay >= 0 && delay < Infinity && index >= 0) {
    return [delay, index, shared];
  }
  const expected = "{ admitted: true, permit } or { admitted: false, delay, window }";
  throw new Error(`expected ${expected}, received ${kindOf(decision).slice(0, 60)}`);
}

/** A call of the caller's store, which has some time for it. Whatever the store does, the promise is fulfilled. */
export class StoreCall {
  // Fields are defined, as above.
  promise;
  abandon = () => {};

  /**
   * @param {any} store
   * @param {Promise<unknown>} result - What the core takes.
   * @param {(result: any) => unknown} [onLate] - Gets what comes when nobody waits for it any more.
   */
  constructor(store, result, onLate) {
    const limit = property(store, "timeout");
    const timeout = typeof limit === "number" && limit >= 1 && limit < 2 ** 31 ? limit : STORE_TIMEOUT;
    this.promise = new Promise((resolve) => {
      let isOver = false;
      /** @param {unknown} value */
      const end = (value) => {
        isOver = true;
        clearTimeout(timer);
        resolve(value);
      };
      const timer = setTimeout(() => end([new Error(`no result within ${timeout} ms`)]), timeout);
      this.abandon = () => end(undefined);
      result.then((value) => (isOver ? onLate?.(value) : end(value))).catch((thrown) => end([thrown]));
    });
  }

  /**
   * Asks for a request: with its permit and id, or with a delay and its window; and with the number of clients. Where the store
   * fails, with what it has thrown alone.
   *
   * @param {any} store
   * @param {string} text - The key and the base URL.
   * @param {number} lease
   */
  static admit(store, text, lease) {
    const ask = async () => {
      const id = await idOf(store, text);
      return readDecision(await store.admit(id, lease), id);
    };
    return new StoreCall(
      store,
      ask(),
      ([permit, id]) => typeof permit === "string" && store.finish(id, permit, {}),
    );
  }

  /**
   * Says that a request has ended. Nothing, or what the store has thrown.
   *
   * @param {any} store
   * @param {[permit: string, id: string]} admission
   * @param {number[]} numbers - Those of its report.
   */
  static finish(store, [permit, id], numbers) {
    /** @param {number} index */
    const has = (index) => !Number.isNaN(numbers[index]);
    /** @param {number} start */
    const window = (start) => {
      const [limit, remaining, reset, resetIn] = numbers.slice(start);
      return { limit, remaining, reset, resetIn };
    };
    const report = {
      ...(has(0) && { minute: window(0) }),
      ...(has(4) && { hour: window(4) }),
      ...(has(8) && { retryAfter: numbers[8] }),
    };
    const finish = async () => {
      await store.finish(id, permit, report);
      return [];
    };
    return new StoreCall(store, finish());
  }
}
