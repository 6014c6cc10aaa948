// What the core reads by JavaScript: responses, texts, and the page that is built of them.

const names = [
  "date",
  "retry-after",
  "x-request-id",
  "x-ratelimit-limit-minute",
  "x-ratelimit-remaining-minute",
  "x-ratelimit-reset-minute",
  "x-ratelimit-limit-hour",
  "x-ratelimit-remaining-hour",
  "x-ratelimit-reset-hour",
];

/**
 * The head of a response: its type, its status, and the headers that the core reads, one on each line. A line is empty where there is
 * nothing, or no text of one line; there are none where the response refuses to be read.
 *
 * @param {any} response
 */
export function readHead(response) {
  try {
    const { status, headers } = response;
    const values = names.map((name) => headers.get(name));
    const lines = [
      typeOf(response),
      typeof status === "string" ? JSON.stringify(status) : String(status),
      ...values,
    ];
    return lines.map((line) => (typeof line === "string" && !line.includes("\n") ? line : "")).join("\n");
  } catch {
    return undefined;
  }
}

/**
 * The type of a response. Not every fetch gives one.
 *
 * @param {any} response
 */
function typeOf(response) {
  try {
    return response.type;
  } catch {
    return undefined;
  }
}

/** Reads the body of a response of whatever fetch. */
export class BodyReader {
  // Fields are defined: an assignment would call a setter on `Object.prototype`.
  /** @type {() => unknown} */
  next = () => ({ done: true });
  cancel = () => {};
  /**
   * What the response throws, alone, where its body cannot be read. An exception would leave a slot in the core's table of values
   * occupied: the one for what the constructor returns.
   *
   * @type {[unknown] | undefined}
   */
  failure = undefined;

  /** @param {any} response */
  constructor(response) {
    try {
      this.#open(response);
    } catch (thrown) {
      this.failure = [thrown];
    }
  }

  /** @param {any} response */
  #open(response) {
    const { body } = response;
    if (typeof body?.getReader === "function") {
      const reader = body.getReader();
      this.next = () => reader.read();
      this.cancel = () => reader.cancel();
    } else if (body !== null && typeof response.arrayBuffer === "function") {
      // Of a fetch whose responses have no web stream, such as node-fetch.
      this.next = async () => {
        this.next = () => ({ done: true });
        return { value: await response.arrayBuffer() };
      };
      this.cancel = () => cancelBody(response);
    } else if (body !== null && body !== undefined) {
      throw new TypeError("it is not a stream");
    }
  }

  /** A promise of what {@link BodyReader.chunk} has the next chunk from. */
  read() {
    try {
      return this.next();
    } catch (thrown) {
      return Promise.reject(thrown);
    }
  }

  /**
   * The bytes of a chunk; undefined at the body's end, and null where it is not one of bytes. Where there is no chunk, what was thrown, alone.
   *
   * @param {any} result
   */
  static chunk(result) {
    try {
      if (Object(result) !== result) throw new TypeError("a read that gave no object");
      return result.done ? undefined : bytesOf(result.value);
    } catch (thrown) {
      return [thrown];
    }
  }

  /** Leaves the rest unread, and its connection free for others. */
  discard() {
    ignore(() => this.cancel());
  }

  /**
   * The same for the body of a response that is not read at all, or may still arrive: from a fetch that ignored its signal.
   *
   * @param {unknown} fetched - What fetch returned, or its response.
   */
  static discard(fetched) {
    ignore(async () => cancelBody(await fetched));
  }
}

/**
 * Cancels a body: a web stream, or one of Node's.
 *
 * @param {any} response
 */
function cancelBody({ body }) {
  return typeof body.cancel === "function" ? body.cancel() : body.destroy();
}

/**
 * Ignores what becomes of a function, also where it throws, and of the promise that it gives, also where that rejects.
 *
 * @param {() => unknown} act
 */
function ignore(act) {
  new Promise((settle) => settle(act())).catch(() => {});
}

/**
 * The bytes of a chunk of a body, or of the whole as a buffer; null where it is neither.
 *
 * @param {any} chunk
 * @returns {Uint8Array | null}
 */
function bytesOf(chunk) {
  // Mostly it is a view, and asking `isBuffer` first would cost a call 10 µs: it catches an exception.
  if (!ArrayBuffer.isView(chunk)) return isBuffer(chunk) ? new Uint8Array(chunk) : null;
  const array = /** @type {Uint8Array} */ (chunk);
  if (array.BYTES_PER_ELEMENT !== 1) return null;
  return new Uint8Array(array.buffer, array.byteOffset, array.length);
}

const byteLength = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, "byteLength");

/**
 * Whether a value is an `ArrayBuffer`, of whatever realm. What only passes for one may have any length.
 *
 * @param {unknown} value
 */
function isBuffer(value) {
  try {
    byteLength?.get?.call(value);
    return true;
  } catch {
    return false;
  }
}

// What the platform parses, with undefined in place of an exception: each exception that reaches the core through `catch` leaves a
// slot in its table of values occupied (wasm-bindgen 0.2.129 drops the index of the result, and does not free the slot).

/**
 * The value of a JSON text; undefined where it is none.
 *
 * @param {string} text
 * @returns {any}
 */
export function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A value as JSON, whatever `toJSON` somebody has put on a prototype; undefined where it is none.
 *
 * @param {any} value
 * @returns {string | undefined}
 */
export function stringifyJson(value) {
  return JSON.stringify(value, function (name) {
    return this[name];
  });
}

/**
 * A URL as the platform writes it; undefined where it is none.
 *
 * @param {string} text
 * @param {string | undefined} base
 */
export function parseUrl(text, base) {
  try {
    return new URL(text, base).href;
  } catch {
    return undefined;
  }
}

// Builds a page from its text and the decoder's table of offsets. The core imports it: an object is cheaper to build here,
// where the text is, than member by member from WebAssembly.
//
// Properties are defined by literals and spreads, never assigned: an assignment would call a setter that someone has put on
// `Object.prototype`.

/**
 * The values of table entries that have no text, by their number. The last is that of an absent value.
 *
 * @type {readonly (boolean | null | undefined)[]}
 */
const VALUES = [undefined, null, false, true, undefined];

/**
 * Builds a page. Where the table is empty, the phone numbers are not in the form that the decoder's table describes, and the
 * array between the offsets `start` and `end` is parsed.
 *
 * @param {string} text The body's text, without a byte order mark.
 * @param {Int32Array} table As `scan::phone_numbers::read` describes it; all offsets are in UTF-16 code units.
 * @param {number} start
 * @param {number} end
 * @param {number} total
 * @param {number} page
 * @param {number} limit
 * @param {number} totalPages
 */
export function buildPage(text, table, start, end, total, page, limit, totalPages) {
  /** @type {unknown[]} */
  const data = table.length > 0 ? buildPhoneNumbers(text, table) : JSON.parse(text.slice(start, end));
  return { data, total, page, limit, totalPages, hasNextPage: page < totalPages };
}

/**
 * Builds the phone numbers of a table. They all have one hidden class, with which engines read their properties fastest.
 *
 * @param {string} text
 * @param {Int32Array} table
 */
function buildPhoneNumbers(text, table) {
  let next = 0;
  /**
   * The value of a table entry.
   *
   * @returns {any} Of the type that the decoder has checked.
   */
  const value = (start = 0, end = 0) => {
    if (end === 0) return VALUES[start];
    return start < 0 ? JSON.parse(text.slice(~start, end)) : text.slice(start, end);
  };
  let id;
  let number;
  let companyId;
  let capabilities;
  let custom;
  let provider;
  let status;
  let numberType;
  let createdAt;
  let updatedAt;
  let location;
  // The spread defines all elements, so that assigning them calls no setter.
  const phoneNumbers = [...Array(table[next++])];
  for (let index = 0; index < phoneNumbers.length; index++) {
    const changed = table[next++] ?? 0;
    if (changed & 0x001) id = value(table[next++], table[next++]);
    if (changed & 0x002) number = value(table[next++], table[next++]);
    if (changed & 0x004) companyId = value(table[next++], table[next++]);
    if (changed & 0x008) capabilities = value(table[next++], table[next++]);
    if (changed & 0x010) custom = value(table[next++], table[next++]);
    if (changed & 0x020) provider = value(table[next++], table[next++]);
    if (changed & 0x040) status = value(table[next++], table[next++]);
    if (changed & 0x080) numberType = value(table[next++], table[next++]);
    if (changed & 0x100) createdAt = value(table[next++], table[next++]);
    if (changed & 0x200) updatedAt = value(table[next++], table[next++]);
    if (changed & 0x400) location = value(table[next++], table[next++]);
    // biome-ignore format: a line for each shape
    const documented = location === undefined
      ? { id, number, companyId, capabilities, custom, provider, status, numberType, createdAt, updatedAt }
      : { id, number, companyId, capabilities, custom, provider, status, numberType, createdAt, updatedAt, location };
    phoneNumbers[index] =
      changed & 0x800
        ? { ...documented, ...JSON.parse(`{${value(table[next++], table[next++])}`) }
        : documented;
  }
  return phoneNumbers;
}

/** Made by the first body: importing does no work. @type {TextDecoder | undefined} */
let utf8;

/**
 * The text of a body, without a byte order mark; undefined where it is not UTF-8.
 *
 * @param {Uint8Array} bytes
 */
export function decodeUtf8(bytes) {
  utf8 ??= new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
