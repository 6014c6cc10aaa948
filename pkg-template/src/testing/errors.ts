/** An error that is answered in InstaView's own shape. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
    this.headers = headers;
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

/** What a key gets that InstaView does not know. Only this code is documented. */
export const invalidKey = () =>
  new ApiError(401, "INVALID_API_KEY", "The API key is missing, invalid, revoked or expired");

/** The answer of an error. `now` is Unix time in milliseconds. */
export function errorAnswer(
  error: unknown,
  now: number,
): { status: number; headers: Record<string, string>; body: object } {
  if (error instanceof ParameterError) {
    const body = { statusCode: 400, message: error.messages, error: "Bad Request" };
    return { status: 400, headers: {}, body };
  }
  if (!(error instanceof ApiError)) throw error;
  const { status, headers, code, message, details } = error;
  const timestamp = new Date(now).toISOString();
  const body = { success: false, data: null, error: { code, message, details }, timestamp };
  return { status, headers, body };
}
