import type { Issue } from "../../wasm/core.js";
import { invalidArgument, issueOf } from "../issues.ts";

/** An answer that a test prescribes. A body is sent as JSON; a string, and a body of bytes, as it is. */
export type FakeResponse =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | "connection error"
  | "never"
  | "invalid JSON";

/** Those whose responses have no body. */
const WITHOUT_BODY = [204, 205, 304];

const WORDS: readonly unknown[] = ["connection error", "never", "invalid JSON"];

/** Refuses what could be no response. */
export function checkResponses(responses: readonly FakeResponse[]): void {
  const issues: Issue[] = [];
  for (const [index, response] of responses.entries()) {
    if (WORDS.includes(response)) continue;
    const { status, body } = Object(response);
    if (!Number.isInteger(status) || status < 200 || status > 599) {
      const expected = "an integer from 200 to 599, or one of connection error, never, invalid JSON";
      issues.push(issueOf(`responses[${index}].status`, expected, status));
    } else if (WITHOUT_BODY.includes(status) && body !== undefined) {
      issues.push(issueOf(`responses[${index}].body`, `none, with the status ${status}`, body));
    }
  }
  if (issues.length > 0) throw invalidArgument(issues);
}

/** What every response of InstaView's has. */
interface Common {
  /** The server's name for the request. */
  name: string;
  /** Unix time in milliseconds. */
  now: number;
}

/** Waits for so many milliseconds, unless the request is aborted before. */
export async function afterLatency(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  if (milliseconds === 0) {
    // A caller may abort in the turn in which it sends the request.
    await undefined;
    signal?.throwIfAborted();
    return;
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await unlessAborted(passed, signal).finally(() => clearTimeout(timer));
}

/** What comes first: the result, or the reason of an abort. */
async function unlessAborted<T>(result: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return await result;
  signal.throwIfAborted();
  return await new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

/** A response with a body of JSON. */
export function jsonResponse(
  status: number,
  body: unknown,
  headers: Record<string, string>,
  common: Common,
): Response {
  return response(status, JSON.stringify(body), { "Content-Type": "application/json", ...headers }, common);
}

function response(
  status: number,
  body: BodyInit | null,
  headers: Record<string, string>,
  { name, now }: Common,
): Response {
  const all = { Date: new Date(now).toUTCString(), "X-Request-Id": name, ...headers };
  return new Response(body, { status, headers: all });
}

/** What a test prescribes: rejects as fetch does where there is no response. */
export async function fakeResponse(
  fake: FakeResponse,
  { signal, ...common }: Common & { signal: AbortSignal | undefined },
): Promise<Response> {
  switch (fake) {
    case "connection error":
      throw new TypeError("fetch failed");
    case "never":
      return await unlessAborted(new Promise<never>(() => {}), signal);
    case "invalid JSON":
      return response(200, '{"data":[', { "Content-Type": "application/json" }, common);
  }
  const { status, body, headers = {} } = fake;
  if (body === undefined) return response(status, null, headers, common);
  if (typeof body === "string" || body instanceof Uint8Array) {
    return response(status, body as BodyInit, headers, common);
  }
  return jsonResponse(status, body, headers, common);
}
