const EXACT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
const CLOCK = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const RELATIVE = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" });

const SECOND = 1_000;
const DAY = 86_400 * SECOND;
/** The largest first, each from how many on: `17 months ago` says more than `last year`. */
const UNITS = [
  { unit: "year", length: 365.25 * DAY, from: 2 },
  { unit: "month", length: 30.44 * DAY, from: 2 },
  { unit: "week", length: 7 * DAY, from: 2 },
  { unit: "day", length: DAY, from: 1 },
  { unit: "hour", length: 3_600 * SECOND, from: 1 },
  { unit: "minute", length: 60 * SECOND, from: 1 },
] as const;

/** `2025-01-15T10:30:00.000Z` as `17 months ago`. What is no time stays as it is. */
export function formatRelative(timestamp: string, now: number): string {
  const time = Date.parse(timestamp);
  if (Number.isNaN(time)) return timestamp;
  for (const { unit, length, from } of UNITS) {
    const count = Math.trunc((time - now) / length);
    if (Math.abs(count) >= from) return RELATIVE.format(count, unit);
  }
  return "just now";
}

/** `15 Jan 2025, 11:30`, in the reader's time zone. */
export function formatExact(timestamp: string): string {
  const time = Date.parse(timestamp);
  return Number.isNaN(time) ? timestamp : EXACT.format(time);
}

/** `11:30:05` */
export function formatClock(time: number): string {
  return CLOCK.format(time);
}

/** Milliseconds as `8 s`, `2 min` or `1 h`, never too short: what is still to wait. */
export function formatWait(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / SECOND));
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}

/** Milliseconds as `43 ms` or `1.2 s`: what something took. */
export function formatDuration(milliseconds: number): string {
  const rounded = Math.round(milliseconds);
  return rounded < SECOND ? `${rounded} ms` : `${(rounded / SECOND).toFixed(1)} s`;
}
