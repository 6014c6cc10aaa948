/**
 * The bytes of a chunk of a body, or of the whole as a buffer; undefined where it is neither.
 *
 * @param {any} chunk
 * @returns {Uint8Array | undefined}
 */
export function bytesOf(chunk) {
  if (Object.prototype.toString.call(chunk) === "[object ArrayBuffer]") return new Uint8Array(chunk);
  if (!ArrayBuffer.isView(chunk)) return undefined;
  const array = /** @type {Uint8Array} */ (chunk);
  if (array.BYTES_PER_ELEMENT !== 1) return undefined;
  return new Uint8Array(array.buffer, array.byteOffset, array.length);
}
