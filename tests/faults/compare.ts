import { type InstaViewError, isInstaViewError } from "instaview-phone-numbers";
import type { Ending, Result } from "./harness.ts";
import type { Expected } from "./row.ts";
import type { ReceivedRequest } from "./server.ts";

/** What a row came to. */
interface Actual extends Omit<Result, "failures"> {
  ending: Ending | undefined;
  /** What the row's own signal was aborted with. */
  signalReason: unknown;
  events: string[];
  received: ReceivedRequest[];
}

/** What differs from what is expected. */
export function compare(expected: Expected, actual: Actual): string[] {
  const { outcome, requests = 1, attempts = requests, ms = 0 } = expected;
  const failures: string[] = [];
  const check = (name: string, wanted: unknown, found: unknown) => {
    if (!Object.is(wanted, found)) failures.push(`${name}: ${String(found)}, not ${String(wanted)}`);
  };

  check("outcome", outcome, actual.outcome);
  check("attempts", attempts, actual.attempts);
  check("requests", requests, actual.requests);
  check("ms", ms, actual.ms);
  if (expected.events) check("events", expected.events.join(", "), actual.events.join(", "));
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    check(`header ${name}`, value, actual.received.at(-1)?.headers[name] ?? null);
  }

  const reason = actual.ending?.type === "rejected" ? actual.ending.reason : undefined;
  if (expected.reasonName !== undefined) {
    check("reason", expected.reasonName, reason instanceof DOMException && reason.name);
  } else if (outcome === "aborted") {
    check("reason", "reason" in expected ? expected.reason : actual.signalReason, reason);
  }
  if (isInstaViewError(reason)) {
    check("status", expected.status, reason.status);
    if (expected.issue !== undefined) check("issue", expected.issue, reason.issues[0]?.path);
    compareRetryAfter(expected.retryAfter, reason, check);
  }
  return failures.length > 0 && isInstaViewError(reason) ? [...failures, `(${reason.message})`] : failures;
}

function compareRetryAfter(
  wanted: Expected["retryAfter"],
  { retryAfter }: InstaViewError,
  check: (name: string, wanted: unknown, found: unknown) => void,
) {
  if (typeof wanted !== "object") check("retryAfter", wanted, retryAfter);
  else check(`retryAfter of at least ${wanted.atLeast}`, true, (retryAfter ?? 0) >= wanted.atLeast);
}
