import { listPhoneNumbers } from "instaview-phone-numbers";
import { afterEach, beforeEach, vi } from "vitest";

/** A whole second, so that nothing is lost in a Date header. */
const START = Date.UTC(2026, 0, 15, 10, 30, 0);

/** For the tests of a file, time passes only when they say so: timers, `Date` and `performance`. */
export function useFakeClock() {
  beforeEach(async () => {
    // Loads the core, which takes real time.
    await listPhoneNumbers({ page: 0 }).catch(() => {});
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"], now: START });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
}

/** Everything that is ready to run has run; no time has passed. */
export const turn = () => vi.advanceTimersByTimeAsync(0);

/** A rate-limit window as a response reports it. */
export interface ReportedWindow {
  limit?: number;
  remaining: number;
  /** Seconds until it ends; a string is the header itself. */
  reset: number | string;
}

interface Reported {
  status?: number;
  minute?: ReportedWindow;
  hour?: ReportedWindow;
  /** Seconds that the server's clock is ahead of the local one. */
  ahead?: number;
  headers?: Record<string, string>;
  body?: object;
}

const emptyPage = { data: [], total: 0, page: 1, limit: 20, totalPages: 0 };

/** A response that reports these windows. */
export function reporting({
  status,
  minute,
  hour,
  ahead = 0,
  headers,
  body = emptyPage,
}: Reported): Response {
  const serverNow = Math.floor(Date.now() / 1000) + ahead;
  const response = Response.json(body, { status: status ?? 200, ...(headers && { headers }) });
  response.headers.set("Date", new Date(serverNow * 1000).toUTCString());
  for (const [name, window] of Object.entries({ Minute: minute, Hour: hour })) {
    if (!window) continue;
    const { limit = 60, remaining, reset } = window;
    response.headers.set(`X-RateLimit-Limit-${name}`, String(limit));
    response.headers.set(`X-RateLimit-Remaining-${name}`, String(remaining));
    response.headers.set(
      `X-RateLimit-Reset-${name}`,
      typeof reset === "string" ? reset : String(serverNow + reset),
    );
  }
  return response;
}
