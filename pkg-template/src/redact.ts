/** A text that is shorter is no secret, and may stand anywhere. */
const SHORTEST_SECRET = 8;

/** The value without the key, whoever put it into its texts: also without the beginning of one that a shortened text ends with. */
export function redacted<T>(value: T, key: string): T;
export function redacted(value: unknown, key: string): unknown {
  if (key.length < SHORTEST_SECRET) return value;
  if (typeof value === "string") return withoutKey(value, key);
  if (Array.isArray(value)) return value.map((element) => redacted(element, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map((member) => redacted(member, key)));
}

function withoutKey(text: string, key: string): string {
  const redacted = text.replaceAll(key, "[key]");
  const end = redacted.lastIndexOf("…");
  // A shorter beginning gives nothing away, and may be anybody's text.
  for (let length = key.length - 1; length > 3 && end > 0; length--) {
    if (redacted.endsWith(key.slice(0, length), end)) {
      return redacted.slice(0, end - length) + redacted.slice(end);
    }
  }
  return redacted;
}
