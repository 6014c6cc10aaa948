import type { ServerResponse } from "node:http";

/** What goes wrong on the wire. `afterBytes` of the body are sent first, by default half of it. */
export type Fault =
  /** Nothing is ever sent. */
  | { type: "stall-before-headers" }
  /** Headers and the first bytes of the body, then nothing. */
  | { type: "stall-in-body"; afterBytes?: number }
  /** The connection is reset (TCP RST) before anything is sent. */
  | { type: "reset-before-headers" }
  /**
   * The connection is reset (TCP RST) after headers and the first bytes of the body. To a client that reads
   * those together with the reset, it may look like the end of the connection.
   */
  | { type: "reset-in-body"; afterBytes?: number }
  /** The connection ends in good order before the body has its `Content-Length`. */
  | { type: "truncate-body"; afterBytes?: number };

/** An answer that a test prescribes, sent as it is: no key is checked, no rate limit counted. */
export interface ScriptedAnswer {
  /** Default 200. */
  status?: number;
  /** Over those that every answer has; an empty list leaves a header out. */
  headers?: Record<string, string | string[]>;
  /** An object is sent as JSON. Content-Type is JSON for every body, unless `headers` say otherwise. */
  body?: string | Uint8Array | object;
  fault?: Fault;
}

/** Sends a scripted answer, with its fault. */
export function sendScriptedAnswer(answer: ScriptedAnswer, outgoing: ServerResponse) {
  const { fault } = answer;
  if (fault?.type === "stall-before-headers") return;
  if (fault?.type === "reset-before-headers") {
    outgoing.socket?.resetAndDestroy();
    return;
  }

  const body = bodyBytes(answer.body);
  setHeaders(answer, body, outgoing);
  if (!fault) {
    outgoing.end(body);
    return;
  }

  const start = body.subarray(0, fault.afterBytes ?? Math.floor(body.length / 2));
  outgoing.flushHeaders();
  switch (fault.type) {
    case "stall-in-body":
      outgoing.write(start);
      break;
    case "reset-in-body":
      outgoing.write(start, () => outgoing.socket?.resetAndDestroy());
      break;
    case "truncate-body":
      outgoing.end(start);
      break;
  }
}

function bodyBytes(body: ScriptedAnswer["body"]): Uint8Array {
  if (body instanceof Uint8Array) return body;
  if (body === undefined) return new Uint8Array();
  return new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));
}

function setHeaders(
  { status = 200, headers = {}, fault }: ScriptedAnswer,
  body: Uint8Array,
  outgoing: ServerResponse,
) {
  outgoing.statusCode = status;
  if (body.length > 0) {
    outgoing.setHeader("Content-Type", "application/json; charset=utf-8");
    outgoing.setHeader("Content-Length", body.length);
  }
  // Node ends a connection only after an answer that is declared to be its last.
  if (fault?.type === "truncate-body") outgoing.setHeader("Connection", "close");
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
}
