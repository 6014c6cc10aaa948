import type { ContentfulStatusCode } from "hono/utils/http-status";

/** An error that is answered in InstaView's own shape. */
export class ApiError extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly details: Record<string, unknown>;

  constructor(
    status: ContentfulStatusCode,
    code: string,
    message: string,
    details: Record<string, unknown> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** Parameters that are wrong, which NestJS answers in a shape of its own: a message for each wrong field. */
export class ParameterError extends Error {
  readonly messages: readonly string[];

  constructor(messages: readonly string[]) {
    super(messages.join("; "));
    this.messages = messages;
  }
}

/** The body of an error answer in InstaView's shape. `now` is Unix time in milliseconds. */
export function apiErrorBody({ code, message, details }: ApiError, now: number) {
  return {
    success: false,
    data: null,
    error: { code, message, details },
    timestamp: new Date(now).toISOString(),
  };
}

/** The body of a 400 in NestJS's shape. */
export function parameterErrorBody({ messages }: ParameterError) {
  return { statusCode: 400, message: messages, error: "Bad Request" };
}
