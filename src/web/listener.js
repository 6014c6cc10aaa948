/** Shared by every copy of this package in a process. */
const counter = Symbol.for("instaview-phone-numbers.calls");

/** Where globalThis is frozen. */
let calls = 0;

/** The id of another call, which none before it has had. */
function nextCallId() {
  const shared = /** @type {Record<symbol, number>} */ (/** @type {unknown} */ (globalThis));
  calls = Math.max(calls, shared[counter] ?? 0) + 1;
  try {
    shared[counter] = calls;
  } catch {
    // The other copies count by themselves then.
  }
  return calls;
}

/**
 * Calls a listener. What it throws, or rejects with, goes where uncaught errors go, without ending the process as an unhandled
 * rejection would.
 *
 * @param {(event: unknown) => unknown} listener
 * @param {unknown} event
 */
function notify(listener, event) {
  new Promise((resolve) => resolve(listener(event))).catch((error) => {
    if (globalThis.reportError) globalThis.reportError(error);
    else console.error(error);
  });
}

export const listeners = { nextCallId, notify };
