// What is done with the recipes for logs and spans, and what must be in them.
import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_REQUEST_RESEND_COUNT,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_FULL,
} from "@opentelemetry/semantic-conventions";
import { expect } from "vitest";
import { type RecordedRequest, SANDBOX_KEYS, type Sandbox } from "../../www/sandbox/index.ts";

const unavailable = { status: 503, body: "<h1>Service Unavailable</h1>" };
/** A server that repeats the key. */
const unauthorized = {
  status: 401,
  body: { success: false, error: { code: "INVALID_API_KEY", message: `${SANDBOX_KEYS.company} is revoked` } },
};

/** Two attempts, then one that is refused. */
export const logging = {
  prepare: (sandbox: Sandbox) => {
    const success = undefined;
    const answers = [unavailable, success, unauthorized];
    sandbox.behaviour = { answer: () => answers.shift() };
  },
  code: `
    for (const call of [{ page: 1 }, { page: 2 }]) await snippet.logged(snippet.client.listPhoneNumbers(call));
    snippet.logger.level = "debug";
    await snippet.logged(snippet.client.listPhoneNumbers({ page: 3 }));
    await snippet.logged(Promise.reject(new RangeError("another error")));`,
  check: (lines: string[], { url }: Sandbox) => {
    expect(lines.join()).not.toContain(SANDBOX_KEYS.company);
    const records = lines.map((line) => JSON.parse(line));
    const [info, debug, warn, error] = [30, 20, 40, 50];
    const firstCall = records[0].callId;
    expect(records).toMatchObject([
      { level: info, msg: "instaview response", callId: firstCall, attempt: 1, status: 503 },
      { level: warn, msg: "instaview retry", callId: firstCall, attempt: 1, reason: "server" },
      {
        level: info,
        msg: "instaview response",
        callId: firstCall,
        attempt: 2,
        status: 200,
        requestId: expect.stringMatching(/^[\da-f-]{36}$/),
        rateLimit: { minute: { remaining: 999_999 } },
      },
      { level: info, msg: "instaview response", callId: firstCall + 1, status: 401 },
      { level: error, err: { type: "authentication", status: 401, stack: expect.stringMatching(/\n +at /) } },
      { level: debug, msg: "instaview request", callId: firstCall + 2, url: `${url}/phone-numbers?page=3` },
      { level: info, msg: "instaview response", callId: firstCall + 2, status: 200 },
      { level: error, msg: "another error", err: { type: "RangeError" } },
    ]);
    expect(records[4].msg).toBe(records[4].err.message);
  },
};

/** A span, as the use below prints it. */
interface Span {
  name: string;
  kind: SpanKind;
  id: string;
  parent?: string;
  status: SpanStatusCode;
  attributes: Record<string, unknown>;
  events: [name: string, attributes: Record<string, unknown>][];
}

const CALLS = 20;
const FAILURES = 5;
const PAGES = 5;

/** Concurrent calls, a listing whose pages are, a connection that breaks, and a call that fails. */
export const openTelemetry = {
  prepare: (sandbox: Sandbox) => {
    sandbox.behaviour = {
      answer: () => {
        const { url, query } = sandbox.requests.at(-1) as RecordedRequest;
        const count = sandbox.requests.filter((request) => request.url === url).length;
        if (url.endsWith("limit=10")) {
          return count === 1 && Number(query.get("page")) <= FAILURES ? unavailable : undefined;
        }
        if (url !== "/phone-numbers" || count === 2) return undefined;
        return count === 1 ? { fault: { type: "reset-before-headers" } } : unauthorized;
      },
    };
  },
  code: `
    import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
    const exporter = new InMemorySpanExporter();
    new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
    const { client, traced } = snippet;
    const calls = Array.from({ length: ${CALLS} }, (_, index) =>
      traced("call of page " + (index + 1), () => client.listPhoneNumbers({ page: index + 1, limit: 10 })),
    );
    await Promise.all(calls);
    await traced("listing", () => client.listAllPhoneNumbers({ limit: 50, concurrency: 4 }).toArray());
    await traced("reset", () => client.listPhoneNumbers());
    await traced("refused", () => client.listPhoneNumbers()).catch(() => {});
    const spans = exporter.getFinishedSpans().map((span) => ({
      name: span.name,
      kind: span.kind,
      id: span.spanContext().spanId,
      parent: span.parentSpanContext?.spanId,
      status: span.status.code,
      attributes: span.attributes,
      events: span.events.map(({ name, attributes }) => [name, attributes]),
    }));
    console.log(JSON.stringify(spans));`,
  check: ([line = ""]: string[], { url }: Sandbox) => {
    expect(line).not.toContain(SANDBOX_KEYS.company);
    const spans: Span[] = JSON.parse(line);
    const { hostname, port } = new URL(url);
    const calls = spans.filter(({ parent }) => parent === undefined);
    const attemptsOf = (name: string) => {
      const call = calls.find((span) => span.name === name);
      const attempts = spans.filter(({ parent }) => parent === call?.id);
      return { call, attempts };
    };
    /** The span of an attempt. */
    const attempt = (query: string, outcome: Record<string, unknown>) => ({
      name: "GET",
      kind: SpanKind.CLIENT,
      status: ATTR_ERROR_TYPE in outcome ? SpanStatusCode.ERROR : SpanStatusCode.UNSET,
      attributes: {
        [ATTR_HTTP_REQUEST_METHOD]: "GET",
        [ATTR_SERVER_ADDRESS]: hostname,
        [ATTR_SERVER_PORT]: Number(port),
        [ATTR_URL_FULL]: `${url}/phone-numbers${query}`,
        ...outcome,
      },
    });
    const ok = { [ATTR_HTTP_RESPONSE_STATUS_CODE]: 200 };
    const resent = { ...ok, [ATTR_HTTP_REQUEST_RESEND_COUNT]: 1 };
    const failed = { [ATTR_HTTP_RESPONSE_STATUS_CODE]: 503, [ATTR_ERROR_TYPE]: "503" };
    /** All of a call's attempts, and nothing of another's. */
    const expectAttempts = (name: string, expected: ReturnType<typeof attempt>[]) => {
      const { call, attempts } = attemptsOf(name);
      expect(call).toMatchObject({ kind: SpanKind.INTERNAL });
      expect(
        attempts.map(({ name, kind, status, attributes }) => ({ name, kind, status, attributes })),
      ).toEqual(expected);
    };

    for (let page = 1; page <= CALLS; page++) {
      const query = `?page=${page}&limit=10`;
      const name = `call of page ${page}`;
      const isRetried = page <= FAILURES;
      expectAttempts(
        name,
        isRetried ? [attempt(query, failed), attempt(query, resent)] : [attempt(query, ok)],
      );
      const retry = ["retry", { reason: "server", delay: expect.any(Number), attempt: 1 }];
      expect(attemptsOf(name).call?.events).toEqual(isRetried ? [retry] : []);
    }

    const byUrl = (a: Span, b: Span) =>
      String(a.attributes[ATTR_URL_FULL]).localeCompare(String(b.attributes[ATTR_URL_FULL]));
    const pages = attemptsOf("listing").attempts.sort(byUrl);
    expect(pages.map(({ attributes }) => attributes)).toEqual(
      [1, 2, 3, 4, 5].map((page) => attempt(`?page=${page}&limit=50`, ok).attributes),
    );

    expectAttempts("reset", [attempt("", { [ATTR_ERROR_TYPE]: "TypeError" }), attempt("", resent)]);
    expectAttempts("refused", [
      attempt("", { [ATTR_HTTP_RESPONSE_STATUS_CODE]: 401, [ATTR_ERROR_TYPE]: "401" }),
    ]);
    expect(attemptsOf("refused").call).toMatchObject({
      status: SpanStatusCode.ERROR,
      attributes: { [ATTR_ERROR_TYPE]: "authentication" },
    });
    expect(spans).toHaveLength(calls.length + CALLS + FAILURES + PAGES + 3);
  },
};
