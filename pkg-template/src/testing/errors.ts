/** An error that is answered in InstaView's own shape. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Record<string, unknown>;

  constructor(status: number, code: string, message: string, details: Record<string, unknown> = {}) {
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

/** What a key gets that InstaView does not know. Only this code is documented. */
export const invalidKey = () =>
  new ApiError(401, "INVALID_API_KEY", "The API key is missing, invalid, revoked or expired");

/** The status and the body of an error's answer. `now` is Unix time in milliseconds. */
export function errorAnswer(error: unknown, now: number): { status: number; body: object } {
  if (error instanceof ParameterError) {
    return { status: 400, body: { statusCode: 400, message: error.messages, error: "Bad Request" } };
  }
  if (!(error instanceof ApiError)) throw error;
  const { status, code, message, details } = error;
  const timestamp = new Date(now).toISOString();
  return { status, body: { success: false, data: null, error: { code, message, details }, timestamp } };
}
