import type { Window } from "./client-state.ts";
import { environment } from "./environment.ts";
import { Failed } from "./failed.ts";
import { redacted } from "./redact.ts";
import { member, messageOf } from "./words.ts";

/** The head of an answer. */
export interface Head {
  /** 0 for a redirect in a browser, which does not tell. */
  status: number;
  requestId: string | undefined;
  isRedirect: boolean;
  /** Milliseconds after which the headers say that another try makes sense. */
  retryAfter: number | undefined;
  minute: Window;
  hour: Window;
  body: unknown;
}

const REDIRECTS = [301, 302, 303, 307, 308];

/** The head of an answer. Whatever fetch gave, it is one, or it is refused. */
export function readHead(response: unknown, key: string): Head {
  const status = member(response, "status");
  const type = member(response, "type");
  if (type === "error") throw noAnswer("a network error");
  const isOpaque = status === 0 && type === "opaqueredirect";
  if (!isOpaque && !isStatus(status)) throw noResponse(status);
  try {
    const { headers, body } = response as Response;
    const text = (name: string): string => {
      const value: unknown = headers.get(name);
      return typeof value === "string" ? value : "";
    };
    const now = Date.now();
    const server = dateIn(text("date")) || now;
    const retryAfter = text("retry-after");
    const window = (name: string): Window => {
      const count = (kind: string) => numberIn(text(`x-ratelimit-${kind}-${name}`));
      const reset = count("reset");
      // The local clock may be wrong, and the server's counts.
      return [count("limit"), count("remaining"), reset * 1000 + now - server, reset];
    };
    return {
      status,
      requestId: redacted(text("x-request-id"), key) || undefined,
      isRedirect: isOpaque || REDIRECTS.includes(status),
      body,
      minute: window("minute"),
      hour: window("hour"),
      retryAfter: [numberIn(retryAfter) * 1000, Math.max(0, dateIn(retryAfter) - server)].find(
        (delay) => !Number.isNaN(delay),
      ),
    };
  } catch {
    throw noResponse(undefined);
  }
}

function isStatus(status: unknown): status is number {
  return Number.isInteger(status) && (status as number) >= 200 && (status as number) <= 599;
}

/** A non-negative integer; else not a number. */
const numberIn = (text: string) => Number(/^\s*\d+\s*$/.test(text) ? text : undefined);

/**
 * Unix time in milliseconds, of an HTTP date; else not a number. `Date` reads much else, and takes one of the three forms of
 * such a date, which has no zone, for local time.
 */
const dateIn = (text: string) => Date.parse(/^[A-Z].*:/.test(text) ? text.replace(/( GMT)?$/, " GMT") : "");

export function noAnswer(thrown: unknown): Failed {
  const hint = environment.isBrowser
    ? ". A browser does not tell why: the server may be down, or not allow this page's origin (CORS)"
    : "";
  return new Failed("connection", `No answer: ${messageOf(thrown)}${hint}`, { cause: thrown });
}

function noResponse(cause: unknown): Failed {
  return new Failed("invalid_response", "What fetch gave is not a Response", { cause });
}
