import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

const EXPOSED_HEADERS = [
  "X-RateLimit-Limit-Minute",
  "X-RateLimit-Remaining-Minute",
  "X-RateLimit-Reset-Minute",
  "X-RateLimit-Limit-Hour",
  "X-RateLimit-Remaining-Hour",
  "X-RateLimit-Reset-Hour",
  "Retry-After",
  "X-Request-Id",
  "Date",
].join(", ");

/** Sets what every answer carries, scripted ones too. `now` is Unix time in milliseconds. */
export function setCommonHeaders(outgoing: ServerResponse, now: number) {
  // Node would set the header from its own clock.
  outgoing.sendDate = false;
  outgoing.setHeader("Date", new Date(now).toUTCString());
  outgoing.setHeader("X-Request-Id", randomUUID());
  outgoing.setHeader("Access-Control-Allow-Origin", "*");
  outgoing.setHeader("Access-Control-Expose-Headers", EXPOSED_HEADERS);
}

/** Whether a browser only asks if it may send the real request. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
}

/** Allows whatever the browser asks for. */
export function answerPreflight({ headers }: IncomingMessage, outgoing: ServerResponse) {
  outgoing.setHeader("Access-Control-Allow-Methods", "GET");
  const requested = headers["access-control-request-headers"];
  if (requested !== undefined) outgoing.setHeader("Access-Control-Allow-Headers", requested);
  outgoing.writeHead(204).end();
}
