/** What the documented capabilities mean to people. */
export const CAPABILITY_LABELS = {
  OUTBOUND: "Can call out",
  INBOUND: "Can be called",
  INBOUND_OUTBOUND: "Both ways",
} as const;

const DATE = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });
const WAIT = new Intl.RelativeTimeFormat("en-GB");
const COUNT = new Intl.NumberFormat("en-GB");

/** E.164: a plus, the country's calling code of one to three digits, the national number. */
const E164 = /^\+(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})(\d+)$/;

/**
 * `+14155552671` as `+1 415 555 2671`. Every country groups its digits in its own way: groups of three, of which the
 * last may have two or four, are legible for all.
 */
export function formatNumber(number: string): string {
  const [, callingCode, national] = E164.exec(number) ?? [];
  if (callingCode === undefined || national === undefined) return number;
  return `+${callingCode} ${national.replace(/\d{3}(?=\d{2})/g, "$& ")}`;
}

/** `2025-01-15T10:30:00.000Z` as `15 Jan 2025`, in the reader's time zone. */
export function formatDate(timestamp: string): string {
  const time = Date.parse(timestamp);
  return Number.isNaN(time) ? timestamp : DATE.format(time);
}

/** The documented capabilities in the words of the filter, any other as it is. */
export function formatCapability(capability: string): string {
  return isDocumented(capability) ? CAPABILITY_LABELS[capability] : formatConstant(capability);
}

function isDocumented(capability: string): capability is keyof typeof CAPABILITY_LABELS {
  return Object.hasOwn(CAPABILITY_LABELS, capability);
}

/** `TOLL_FREE` as `Toll free`. The API's enums are open, so that no list of them is complete. */
export function formatConstant(constant: string): string {
  const words = constant.replaceAll("_", " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `1 number`, `1,234 numbers`. */
export function formatCount(count: number, noun: string): string {
  return `${COUNT.format(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** Milliseconds as `in 30 seconds` or `in 5 minutes`, never too short. */
export function formatWait(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 120 ? WAIT.format(seconds, "second") : WAIT.format(Math.ceil(seconds / 60), "minute");
}
