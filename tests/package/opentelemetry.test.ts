import { randomBytes } from "node:crypto";
import { type Span, trace } from "@opentelemetry/api";
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici";
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-node";
import { findPhoneNumber, InstaViewClient, listPhoneNumbers } from "instaview-phone-numbers";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { useModelServer } from "./model-server.ts";

const model = useModelServer();
const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({
  spanProcessors: [new SimpleSpanProcessor(exporter)],
  // Its own ids come from Math.random, which always gives the same number here.
  idGenerator: {
    generateTraceId: () => randomBytes(16).toString("hex"),
    generateSpanId: () => randomBytes(8).toString("hex"),
  },
});
/** Starts a span for each request of Node's own fetch. */
const instrumentation = new UndiciInstrumentation();
const tracer = provider.getTracer("calls");

beforeAll(() => {
  // With Node's AsyncLocalStorage as the context of spans.
  provider.register();
  instrumentation.setTracerProvider(provider);
});
beforeEach(() => {
  // A backoff of a millisecond.
  vi.spyOn(Math, "random").mockReturnValue(0.002);
});
afterEach(() => {
  vi.restoreAllMocks();
  exporter.reset();
});
afterAll(async () => {
  instrumentation.disable();
  trace.disable();
  await provider.shutdown();
});

const CALLS = 50;
/** As many failures as there are calls may all meet one of them. */
const options = () => ({ baseUrl: model.url, maxRetries: CALLS });
const callOf = (url: string) => Number(/companyId=[\w-]*-(\d{12})/.exec(url)?.[1]);

/** Makes a call, for a company of its own, within a span of its own. */
function inSpan(number: number, call: (companyId: string) => Promise<unknown>): Promise<string> {
  return tracer.startActiveSpan(`call ${number}`, async (span: Span) => {
    await call(`123e4567-e89b-42d3-a456-${String(number).padStart(12, "0")}`);
    span.end();
    return span.spanContext().spanId;
  });
}

/** The spans of requests, by the call that they belong to. */
function requestSpans(): Map<number, ReadableSpan[]> {
  const spans = new Map<number, ReadableSpan[]>();
  for (const span of exporter.getFinishedSpans()) {
    if (span.instrumentationScope.name === "calls") continue;
    const call = callOf(String(span.attributes["url.full"]));
    spans.set(call, [...(spans.get(call) ?? []), span]);
  }
  return spans;
}

it.each<[string, () => (companyId: string) => Promise<unknown>, number]>([
  [
    "of one client",
    () => {
      const client = new InstaViewClient(options());
      return (companyId) => client.listPhoneNumbers({ companyId, limit: 10 });
    },
    1,
  ],
  ["without a client", () => (companyId) => listPhoneNumbers({ ...options(), companyId, limit: 10 }), 1],
  [
    "that search three pages",
    () => (companyId) =>
      findPhoneNumber({ where: () => false }, { ...options(), companyId, limit: 10, concurrency: 2 }),
    3,
  ],
])(
  "each request's span has the span of its call as parent, retries included: 50 calls %s",
  async (_, prepare, pages) => {
    model.reset(25);
    const failures = Array(CALLS).fill(503);
    model.answer = (_, honest) => failures.pop() ?? honest;
    const call = prepare();
    const calls = Array.from({ length: CALLS }, (_, number) => inSpan(number, call));
    const parents = await Promise.all(calls);
    expect(new Set(parents).size).toBe(CALLS);

    const spans = requestSpans();
    expect([...spans.keys()].sort((a, b) => a - b)).toEqual([...calls.keys()]);
    for (const [number, ofCall] of spans) {
      const wrong = ofCall.filter(({ parentSpanContext }) => parentSpanContext?.spanId !== parents[number]);
      expect(wrong.map(({ name, attributes }) => [name, attributes["url.full"]])).toEqual([]);
    }
    const statuses = [...spans.values()].flat().map((span) => span.attributes["http.response.status_code"]);
    expect(statuses.filter((status) => status === 200)).toHaveLength(CALLS * pages);
    expect(statuses.filter((status) => status === 503)).toHaveLength(CALLS);
  },
);
