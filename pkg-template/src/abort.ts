/** The calls that each signal would end. One listener serves them all: Node warns of a signal with more than ten. */
const subscriptions = new WeakMap<AbortSignal, { callbacks: Set<() => void>; listener: () => void }>();

/** Calls back when the signal is aborted, unless it is unsubscribed before. */
export function subscribe(signal: AbortSignal, callback: () => void): void {
  let subscription = subscriptions.get(signal);
  if (!subscription) {
    const callbacks = new Set<() => void>();
    const listener = () => {
      for (const callback of [...callbacks]) callback();
    };
    subscription = { callbacks, listener };
    subscriptions.set(signal, subscription);
    callbacks.add(callback);
    signal.addEventListener("abort", listener);
  } else {
    subscription.callbacks.add(callback);
  }
}

/** Takes the callback back, and with the last one the listener. */
export function unsubscribe(signal: AbortSignal, callback: () => void): void {
  const subscription = subscriptions.get(signal);
  if (!subscription?.callbacks.delete(callback) || subscription.callbacks.size > 0) return;
  subscriptions.delete(signal);
  signal.removeEventListener("abort", subscription.listener);
}
