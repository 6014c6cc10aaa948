// What the core waits for: promises, and signals.

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
