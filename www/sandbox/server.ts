import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerRequest, bearerToken } from "../../pkg-template/src/testing/api.ts";
import type { Envelope } from "../../pkg-template/src/testing/envelopes.ts";
import { RateLimiter, type RateLimits, rateLimitHeaders } from "../../pkg-template/src/testing/rate-limit.ts";
import { PHONE_NUMBERS_PATHS, sandboxApi } from "./api.ts";
import type { Behaviour } from "./behaviours.ts";
import { answerPreflight, isPreflight, setCommonHeaders } from "./common-headers.ts";
import { type RecordedRequest, RequestLog } from "./recorded-requests.ts";
import { type ScriptedAnswer, sendScriptedAnswer } from "./scripted-answers.ts";

/** How a sandbox starts. */
export interface SandboxOptions {
  /** Default 0: any free port. */
  port?: number;
  /** Default `flat`. */
  envelope?: Envelope;
  /** Milliseconds before every answer. Default 0. */
  latency?: number;
  /** Requests per key. Default 60 a minute, 2000 an hour. */
  rateLimit?: Partial<RateLimits>;
  /** The server's clock: Unix time in milliseconds. Default `Date.now`. */
  now?: () => number;
}

/** A running sandbox. */
export interface Sandbox {
  /** Such as `http://127.0.0.1:49152`. */
  readonly url: string;
  /** The shape of success answers from now on. */
  envelope: Envelope;
  /** Milliseconds before every answer from now on. */
  latency: number;
  /** What is unusual from now on. */
  behaviour: Behaviour;
  /** Every request since the start or the last `reset()`, preflights included. */
  readonly requests: readonly RecordedRequest[];
  /** Resolves to the `count`-th of `requests`, counted from 1, once it has arrived. */
  requestReceived(count: number): Promise<RecordedRequest>;
  /** Answers the next requests for phone numbers, in order. Preflights don't consume an answer. */
  answerNext(...answers: ScriptedAnswer[]): void;
  /** Forgets requests, scripted answers, behaviour and rate-limit counts; envelope and latency are as at start. */
  reset(): void;
  /** Stops the server and ends every connection, stalled ones too. */
  close(): Promise<void>;
}

/** Starts a sandbox on 127.0.0.1. Rejects when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, envelope = "flat", latency = 0, rateLimit, now = Date.now } = options;
  const rateLimiter = new RateLimiter({ minute: 60, hour: 2000, ...rateLimit });
  const log = new RequestLog();
  const scripted: ScriptedAnswer[] = [];

  const server = createServer();
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const closed = once(server, "close");

  const sandbox: Sandbox = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    envelope,
    latency,
    behaviour: {},
    requests: log.requests,
    requestReceived: (count) => log.received(count),
    answerNext: (...answers) => {
      scripted.push(...answers);
    },
    reset: () => {
      log.clear();
      scripted.length = 0;
      rateLimiter.clear();
      sandbox.envelope = envelope;
      sandbox.latency = latency;
      sandbox.behaviour = {};
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };

  const api = sandboxApi({
    envelope: () => sandbox.envelope,
    behaviour: () => sandbox.behaviour,
    rateLimiter,
    now,
  });

  function answerFromApi({ method = "GET", url = "/", headers }: IncomingMessage, outgoing: ServerResponse) {
    const { authorization } = headers;
    const { status, headers: own, body } = answerRequest(api, { method, url, authorization });
    const bytes = Buffer.from(JSON.stringify(body));
    outgoing.writeHead(status, {
      "Content-Type": "application/json",
      "Content-Length": bytes.length,
      ...own,
    });
    outgoing.end(bytes);
  }

  /** What the behaviour prescribes. Like every answer of the API's, it reports the rate limit; a gateway's 5xx does not. */
  function behaviourAnswer({ headers }: IncomingMessage): ScriptedAnswer | undefined {
    const script = sandbox.behaviour.answer?.();
    if (!script || (script.status ?? 200) >= 500) return script;
    const decision = api.countRequest(bearerToken(headers.authorization), now());
    return decision ? { ...script, headers: { ...rateLimitHeaders(decision), ...script.headers } } : script;
  }

  function answer(incoming: IncomingMessage, outgoing: ServerResponse, script: ScriptedAnswer | undefined) {
    setCommonHeaders(outgoing, now());
    if (isPreflight(incoming)) answerPreflight(incoming, outgoing);
    else if (script) sendScriptedAnswer(script, outgoing);
    else answerFromApi(incoming, outgoing);
  }

  server.on("request", (incoming, outgoing) => {
    const { path } = log.record(incoming, outgoing);
    const takesScript = PHONE_NUMBERS_PATHS.includes(path) && !isPreflight(incoming);
    const script = takesScript ? (scripted.shift() ?? behaviourAnswer(incoming)) : undefined;

    // Without latency there is no timer, so that a test may fake the timers of its own process.
    const latency = sandbox.behaviour.latency ?? sandbox.latency;
    if (latency === 0) {
      answer(incoming, outgoing, script);
      return;
    }
    const timer = setTimeout(() => answer(incoming, outgoing, script), latency);
    outgoing.once("close", () => clearTimeout(timer));
  });

  return sandbox;
}
