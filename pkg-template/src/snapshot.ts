/** These stand for what throws when it is read: of no type that an option may be, and they say why. */
const throwingObject = Symbol("an object that throws");
const throwingGetter = Symbol("a getter that throws");

/**
 * The options as they are now. The core reads them later, once it is loaded, and the caller may have changed the
 * object by then.
 *
 * A plain object is copied onto one without a prototype, so that nothing which sits on `Object.prototype` can pass for
 * an option. Anything else is returned as it is: the core refuses it, and names what it got.
 */
export function snapshot<Options>(options: Options): Options {
  try {
    if (!isPlainObject(options)) return options;
    const copy = Object.create(null);
    for (const name of Object.keys(options)) copy[name] = read(options, name);
    return copy;
  } catch {
    return throwingObject as Options;
  }
}

/** Whether a value is a copy of the caller's object, which the core takes options from. */
export function isSnapshot(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === null;
}

/** The signal among the options that a call was given, which the core has not checked yet. */
export function signalOf(options: unknown): unknown {
  return isSnapshot(options) ? options.signal : undefined;
}

/** Made by a literal or by `Object.create(null)`, in whatever realm: what inherits from other objects may have its options there. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || isObjectPrototype(prototype);
}

/** Whether this is the `Object.prototype` of a realm: the only object without a prototype that has its method. */
const isObjectPrototype = (object: object) =>
  Object.getPrototypeOf(object) === null && typeof object.isPrototypeOf === "function";

function read(options: Record<string, unknown>, name: string): unknown {
  try {
    const value = options[name];
    if (name === "headers") return copyOfHeaders(value);
    if (name === "baseUrl" && isUrl(value)) return value.href;
    return value;
  } catch {
    return throwingGetter;
  }
}

/** What has an address that may be another one later, of whatever realm or library. */
function isUrl(value: unknown): value is { href: string } {
  return typeof value === "object" && value !== null && "href" in value && typeof value.href === "string";
}

/** Names and values as they are now: what gives them may give others later, or nothing more. The core checks them. */
function copyOfHeaders(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (!(Symbol.iterator in value)) return isPlainObject(value) ? { ...value } : value;
  return Array.from(value as Iterable<unknown>, (pair) => (Array.isArray(pair) ? [...pair] : pair));
}
