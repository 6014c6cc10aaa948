import type { ApiError, Failure, FoundIssue, InstaViewErrorType, Issue } from "../wasm/core.js";
import { InstaViewError, type InstaViewErrorFields } from "./error.ts";
import { summary } from "./issues.ts";
import { redacted } from "./redact.ts";
import { describe, member, messageOf, safe, shorten, shown } from "./words.ts";

/** As much of the server's messages as the message repeats, in characters. */
const MOST_OF_MESSAGES = 500;

/** Why a call, or an attempt of it, gives no page. It becomes an {@link InstaViewError} once it is final. */
export class Failed {
  readonly type: InstaViewErrorType;
  message: string;
  readonly fields: Partial<InstaViewErrorFields> & { cause?: unknown };
  /** Whether another attempt may succeed: without an answer, always. */
  readonly mayPass: boolean;

  constructor(
    type: InstaViewErrorType,
    message: string,
    fields: Failed["fields"] = {},
    mayPass = type === "connection" || type === "timeout",
  ) {
    this.type = type;
    this.message = message;
    this.fields = fields;
    this.mayPass = mayPass;
  }

  /** Takes the key out of everything that is shown: a server, or a fetch that failed, may quote what it was given. */
  redact(key: string): void {
    const { cause, ...fields } = this.fields;
    this.message = redacted(this.message, key);
    Object.assign(this.fields, redacted(fields, key), cause !== undefined && { cause: told(cause, key) });
  }

  toError(attempts: number): InstaViewError {
    return new InstaViewError(this.message, { type: this.type, ...this.fields, attempts });
  }
}

/** One thing that is wrong, in words. */
export function failedBecause(
  type: InstaViewErrorType,
  path: string,
  expected: string,
  received: string,
): Failed {
  const issues = [{ path, expected, received }];
  return new Failed(type, summary(issues), { issues });
}

/** An answer that is not what the API documents. */
export const invalidResponse = (reason: string, fields?: Failed["fields"]) =>
  new Failed("invalid_response", `The answer is not a page of phone numbers: ${reason}`, fields);

/** The core's failure, of options or of an answer whose text is `text`. The key is in nothing that comes from outside. */
export function failedBy(failure: Failure, key: string, text = ""): Failed {
  const issues = issuesOf(failure, key, text);
  const reason = failure.reason ?? summary(issues);
  if (failure.type === "invalid_response") return invalidResponse(reason, { issues });
  return new Failed(failure.type, reason, { issues });
}

/** What the core has found, in words. */
export function issuesOf({ issues = [] }: Failure, key: string, text: string): Issue[] {
  const received = ({ received, value, place }: FoundIssue) =>
    received ?? shown(redacted(place ? describe(JSON.parse(text.slice(...place))) : value, key));
  return issues.map((found) => ({
    path: safe(redacted(found.path, key)),
    expected: found.expected,
    received: received(found),
  }));
}

/** The API's error, which the core has read from an answer with this status. */
export function failedByApi({ type, error }: Failure, status: number, key: string): Failed {
  const { mayPass, messages, retryAfter = Number.NaN, ...told } = redacted(error, key) as ApiError;
  const said = messages.length > 0 ? `: ${shorten(messages.join("; "), MOST_OF_MESSAGES)}` : "";
  const message = `InstaView answered ${status}${said}${told.code === undefined ? "" : ` (${told.code})`}`;
  const fields = { messages, ...told, ...(Number.isFinite(retryAfter) && { retryAfter: retryAfter * 1000 }) };
  return new Failed(type, message, fields, mayPass);
}

/**
 * What was thrown, in an error of our own: whoever threw it may have put the request into it, and with that the key, where
 * nobody finds it but a debugger. Its name, message and code are told.
 */
export function told(thrown: unknown, key: string): Error {
  const error = new Error(redacted(messageOf(thrown), key));
  for (const name of ["name", "code"]) {
    const text = [thrown, member(thrown, "cause")]
      .map((value) => member(value, name))
      .find((text) => typeof text === "string");
    if (text !== undefined) Object.defineProperty(error, name, { value: redacted(text, key) });
  }
  return error;
}
