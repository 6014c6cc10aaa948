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
