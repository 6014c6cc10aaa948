import type { ScriptedAnswer } from "../../../www/sandbox/scripted-answers.ts";
import { PAGE, START } from "../row.ts";

/** What the server says of a window; `reset` is seconds after the row's start. */
export interface ReportedWindow {
  limit: number | string;
  remaining: number | string;
  reset: number;
}

/** A page, or another answer, that reports these windows. `skew` is how far the server's clock is ahead, in seconds. */
export function windows(
  { minute, hour }: { minute?: ReportedWindow; hour?: ReportedWindow },
  { skew = 0, answer = PAGE }: { skew?: number; answer?: ScriptedAnswer } = {},
): ScriptedAnswer {
  const now = START / 1000 + skew;
  const headers: Record<string, string | string[]> = {
    ...answer.headers,
    Date: new Date(now * 1000).toUTCString(),
  };
  for (const [name, window] of Object.entries({ Minute: minute, Hour: hour })) {
    if (!window) continue;
    headers[`X-RateLimit-Limit-${name}`] = String(window.limit);
    headers[`X-RateLimit-Remaining-${name}`] = String(window.remaining);
    headers[`X-RateLimit-Reset-${name}`] = String(now + window.reset);
  }
  return { ...answer, headers };
}
