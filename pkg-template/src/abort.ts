/** The calls that each signal would end. One listener serves them all: Node warns of a signal with more than ten. */
const subscriptions = new WeakMap<AbortSignal, { callbacks: Set<() => void>; listener: () => void }>();

/** Calls back when the signal is aborted, unless it is unsubscribed before. */
export function subscribe(signal: AbortSignal, callback: () => void): void {
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

/** Takes the callback back, and with the last one the listener. */
export function unsubscribe(signal: AbortSignal, callback: () => void): void {
  const subscription = subscriptions.get(signal);
  if (!subscription?.callbacks.delete(callback) || subscription.callbacks.size > 0) return;
  subscriptions.delete(signal);
  signal.removeEventListener("abort", subscription.listener);
}
