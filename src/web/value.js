/**
 * A property of whatever it is; undefined where it is no object, or where reading it throws.
 *
 * @param {any} value
 * @param {string} name
 * @returns {unknown}
 */
export function property(value, name) {
  try {
    return Object(value) === value ? value[name] : undefined;
  } catch {
    return undefined;
  }
}
