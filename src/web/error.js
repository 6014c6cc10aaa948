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
