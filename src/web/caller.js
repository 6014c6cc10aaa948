// What goes to the caller: errors, and events.

/** Known to the package, which makes an error with it an `InstaViewError`. */
const brand = Symbol.for("instaview-phone-numbers.InstaViewError");

/**
 * Defines an own property, whatever sits on a polluted or frozen prototype: an assignment would call its setter, or fail.
 *
 * @param {object} error
 * @param {string | symbol} name
 * @param {unknown} value
 * @param {boolean} enumerable - Whether a log shows it.
 */
function define(error, name, value, enumerable) {
  const descriptor = { __proto__: null, value, enumerable, writable: true, configurable: true };
  Object.defineProperty(error, name, descriptor);
}

/**
 * The error that a call rejects with.
 *
 * @param {string} message
 * @param {Record<string, unknown>} fields
 * @param {unknown} details - Undefined where the API added nothing.
 * @param {unknown} cause - Undefined where nothing was thrown.
 */
function create(message, fields, details, cause) {
  const error = new Error(message);
  define(error, "name", "InstaViewError", false);
  define(error, brand, true, false);
  for (const name of Object.keys(fields)) define(error, name, fields[name], true);
  if (details !== undefined) define(error, "details", details, true);
  if (cause !== undefined) define(error, "cause", cause, true);
  return error;
}

/**
 * An error in place of another, of which it keeps what is not undefined.
 *
 * @param {string} message
 * @param {string | undefined} name
 * @param {string | undefined} code
 */
function cause(message, name, code) {
  const error = new Error(message);
  if (name !== undefined) define(error, "name", name, true);
  if (code !== undefined) define(error, "code", code, true);
  return error;
}

export const errors = { create, cause };

/**
 * Maps as plain objects, whose properties are defined: an assignment would call a setter that sits on `Object.prototype`.
 *
 * @param {unknown} value
 * @returns {unknown}
 */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([name, member]) => [name, plain(member)]));
}

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

export const listeners = { nextCallId, notify, plain };
