// Foreign values in words, for messages. Every look at one may throw.

/** As much of a foreign value as a message can take, in characters. */
const SHOWN = 60;

/** At most so many of the text's first characters, on one line, and an ellipsis where there are more. */
export function shorten(text: string, most = SHOWN): string {
  // By characters, not by units of UTF-16; of a long text, no more than is needed.
  const characters = Array.from(text.slice(0, 2 * most + 2));
  const shown = characters.slice(0, most).join("");
  return shown.replace(/\p{Cc}/gu, " ") + (characters.length > most ? "…" : "");
}

/** A text that holds something like a key may have been put in the wrong place, and is not shown. */
export const safe = (text: string) => (text.includes("sk_") ? "sk_…" : shorten(text));

/** A description of what JSON has no form for. */
interface Described {
  is: string;
}

/** A value in the form that the core reads: JSON, or a description of what JSON has no form for. */
export function describe(value: unknown): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "undefined":
      return value;
    case "number":
      return Number.isFinite(value) ? value : { is: String(value) };
    case "function":
      return { is: "a function" };
    case "object":
      if (value === null) return { is: "null" };
      return isArray(value) ? [] : {};
    default:
      return { is: String(value) };
  }
}

function isArray(value: unknown): boolean {
  try {
    return Array.isArray(value);
  } catch {
    // A revoked Proxy.
    return false;
  }
}

/** What a value is, described or not, in a few words that are safe to show. */
export function shown(value: unknown): string {
  if (typeof value === "string") {
    return `"${safe(value)}"`;
  }
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return "an array";
  const { is } = value as Partial<Described>;
  return typeof is === "string" ? shorten(is) : "an object";
}

/** An object's member; undefined where there is none, or no object, or where it refuses. */
export function member(value: unknown, name: string): unknown {
  try {
    return typeof value === "object" ? (value as Record<string, unknown> | null)?.[name] : undefined;
  } catch {
    return undefined;
  }
}

/** What was thrown: an error's message with that of its cause, which Node has for a failed fetch. */
export function messageOf(thrown: unknown): string {
  const text = (value: unknown) => {
    const message = member(value, "message");
    return typeof message === "string" ? message : shown(describe(value));
  };
  const cause = member(thrown, "cause");
  return cause === undefined ? text(thrown) : `${text(thrown)} (${text(cause)})`;
}
