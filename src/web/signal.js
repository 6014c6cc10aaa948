/**
 * The callbacks of each signal, which one listener serves: Node warns of a signal with more than ten listeners.
 *
 * @type {Map<AbortSignal, { callbacks: Set<() => void>; listener: () => void }>}
 */
const subscriptions = new Map();

/** Whether the core has trapped, so that nobody would take a listener back. */
let hasEnded = false;

/**
 * Calls back when the signal is aborted, unless it is unsubscribed before.
 *
 * @param {AbortSignal} signal
 * @param {() => void} callback
 */
export function subscribe(signal, callback) {
  if (hasEnded) return;
  const subscription = subscriptions.get(signal);
  if (subscription) {
    subscription.callbacks.add(callback);
    return;
  }
  const callbacks = new Set([callback]);
  const listener = () => {
    for (const callback of [...callbacks]) callback();
  };
  // First: what is no signal throws, and is not kept.
  signal.addEventListener("abort", listener);
  subscriptions.set(signal, { callbacks, listener });
}

/**
 * Takes the callback back, and with the last one the listener.
 *
 * @param {AbortSignal} signal
 * @param {() => void} callback
 */
export function unsubscribe(signal, callback) {
  const subscription = subscriptions.get(signal);
  if (!subscription?.callbacks.delete(callback) || subscription.callbacks.size > 0) return;
  subscriptions.delete(signal);
  signal.removeEventListener("abort", subscription.listener);
}

/** Takes all listeners back, after a trap: the core cannot do so any more. */
export function unsubscribeAll() {
  hasEnded = true;
  for (const [signal, { listener }] of subscriptions) {
    subscriptions.delete(signal);
    try {
      signal.removeEventListener("abort", listener);
    } catch {
      // A foreign signal may throw, and the others have listeners too.
    }
  }
}

/**
 * What the promise of an aborted call rejects with. The signals of old platforms have no reason.
 *
 * @param {AbortSignal} signal
 * @returns {unknown}
 */
export function reasonOf(signal) {
  try {
    const { reason } = signal;
    return reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason;
  } catch (thrown) {
    return thrown;
  }
}
