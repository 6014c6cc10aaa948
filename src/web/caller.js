// What comes from the caller, and what goes there: options and other values that may be anything; errors and events.

/**
 * What a function returns; undefined where it throws. Some runtimes refuse to be read, as Deno does.
 *
 * @param {() => any} read
 */
function orUndefined(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/**
 * A property of whatever it is; undefined where it is no object, or where reading it throws.
 *
 * @param {any} value
 * @param {string} name
 * @returns {unknown}
 */
export const property = (value, name) => (isObject(value) ? orUndefined(() => value[name]) : undefined);

/**
 * The same for an object's own property alone: what sits on a polluted prototype is no property of parsed JSON.
 *
 * @param {any} value
 * @param {string} name
 */
export const ownProperty = (value, name) =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

/**
 * What a value is, for a message.
 *
 * @param {unknown} value - Anything but a string.
 */
export function kindOf(value) {
  if (typeof value === "function") return "a function";
  if (!isObject(value)) return String(value);
  return orUndefined(() => Array.isArray(value)) ? "an array" : "an object";
}

/** @param {unknown} value */
function isObject(value) {
  return Object(value) === value;
}

/** Stands for the value of such a property: of no type that an option may be, and it says why. */
const throwingGetter = Symbol("a getter that throws");

/**
 * The names and values of a plain object's own enumerable properties, in turn. Undefined where it is no plain object, or refuses:
 * what has another prototype may have its properties there, where nobody would find them.
 *
 * @param {any} object
 * @returns {unknown[] | undefined}
 */
export function membersOf(object) {
  return orUndefined(() => {
    if (typeof object !== "object") return undefined;
    const prototype = Object.getPrototypeOf(object);
    if (prototype !== null && !isObjectPrototype(prototype)) return undefined;
    return Object.keys(object).flatMap((name) => {
      try {
        return [name, object[name]];
      } catch {
        return [name, throwingGetter];
      }
    });
  });
}

/**
 * Whether this is the `Object.prototype` of a realm: the only object without a prototype that has its method.
 *
 * @param {any} object
 */
function isObjectPrototype(object) {
  return Object.getPrototypeOf(object) === null && typeof object.isPrototypeOf === "function";
}

/**
 * `Headers` with what the caller gives, in whatever form they can be constructed from. Only strings are taken: `Headers` itself
 * would send null as the text "null". Names that are repeated, in whatever case, are joined. Undefined where it is something else,
 * or `Headers` refuses a name or a value.
 *
 * @param {any} given
 * @returns {Headers | undefined}
 */
export function readHeaders(given) {
  return orUndefined(() => {
    if (typeof given !== "object") return undefined;
    const headers = new Headers();
    if (given[Symbol.iterator] === undefined) {
      const members = /** @type {unknown[]} */ (membersOf(given));
      for (let index = 0; index < members.length; index += 2)
        append(headers, members.slice(index, index + 2));
    } else {
      for (const pair of Array.from(given)) append(headers, pair);
    }
    return headers;
  });
}

/**
 * Appends an array of exactly a name and a value, or throws.
 *
 * @param {Headers} headers
 * @param {any} pair
 */
function append(headers, pair) {
  const [name, value, ...others] = Array.isArray(pair) ? pair : [];
  if (typeof name !== "string" || typeof value !== "string" || others.length > 0) throw new TypeError();
  headers.append(name, value);
}

/**
 * A copy of the defaults in which each name of the others has their value instead. A copy, because what is read from a client's
 * options serves all its calls. Undefined where the caller's code has broken the platform's `Headers`.
 *
 * @param {Headers | undefined} defaults
 * @param {Headers} others
 * @returns {Headers | undefined}
 */
export function mergeHeaders(defaults, others) {
  return orUndefined(() => {
    const merged = new Headers(defaults);
    for (const [name, value] of Array.from(others)) merged.set(name, value);
    return merged;
  });
}

/**
 * A string that is not empty.
 *
 * @param {() => any} read
 * @returns {string | undefined}
 */
function text(read) {
  const value = orUndefined(read);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/**
 * A property, unless somebody has put it on `Object.prototype`: an address there would get the key.
 *
 * @param {any} object
 * @param {string} name
 */
function genuine(object, name) {
  return name in Object.prototype && !Object.hasOwn(object, name) ? undefined : object[name];
}

export const environment = {
  /**
   * An environment variable, where there is one and it is not empty.
   *
   * @param {any} global
   * @param {string} name
   */
  variable: (global, name) => text(() => genuine(genuine(genuine(global, "process"), "env"), name)),

  /**
   * Whether this is a page, or a worker of one: only browsers have `importScripts`.
   *
   * @param {any} global
   */
  isBrowser: (global) =>
    Boolean(orUndefined(() => genuine(global, "document"))) ||
    typeof orUndefined(() => genuine(global, "importScripts")) === "function",

  /**
   * What a relative URL is relative to.
   *
   * @param {any} global
   */
  baseUri: (global) =>
    text(() => genuine(global, "document").baseURI) ?? text(() => genuine(global, "location").href),
};

/**
 * Defines an own property, whatever sits on a polluted or frozen prototype: an assignment would call its setter, or fail.
 *
 * @param {object} error
 * @param {string} name
 * @param {unknown} value
 * @param {boolean} enumerable - Whether a log shows it.
 */
function define(error, name, value, enumerable) {
  const descriptor = { __proto__: null, value, enumerable, writable: true, configurable: true };
  Object.defineProperty(error, name, descriptor);
}

/** The errors of this instance, which no reason of an abort can pass for. @type {WeakSet<object>} */
const created = new WeakSet();

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
  for (const name of Object.keys(fields)) define(error, name, fields[name], true);
  if (details !== undefined) define(error, "details", details, true);
  if (cause !== undefined) define(error, "cause", cause, true);
  created.add(error);
  return error;
}

/**
 * Whether a call has rejected with an error of the core, not with the reason of an abort.
 *
 * @param {any} thrown
 */
export function isCreated(thrown) {
  return created.has(thrown);
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

export const records = { plain };

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
  new Promise((resolve) => resolve(listener(event)))
    .catch((error) => {
      if (globalThis.reportError) globalThis.reportError(error);
      else console.error(error);
    })
    .catch(() => {
      // Whoever replaced these, or printing the error, throws. It is no reason to end the process.
    });
}

export const listeners = { nextCallId, notify };
