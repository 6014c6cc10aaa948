import { getEventListeners } from "node:events";
import { type ClientEvent, listAllPhoneNumbers, listPhoneNumbers } from "instaview-phone-numbers";
import { describe, expect, it } from "vitest";
import type { ScriptedAnswer } from "../../www/sandbox/index.ts";
import { rejection, useSandbox } from "./sandbox.ts";

const server = useSandbox();

const page = { body: { data: [], total: 0, page: 1, limit: 20, totalPages: 0 } };
const stalls: [string, ScriptedAnswer][] = [
  ["before the headers", { ...page, fault: { type: "stall-before-headers" } }],
  ["in the body", { ...page, fault: { type: "stall-in-body" } }],
];

describe("a server that stalls", () => {
  it.each(stalls)("%s runs into the timeout", async (_, answer) => {
    server.sandbox.answerNext(answer);
    const error = await rejection(listPhoneNumbers({ ...server.options, timeout: 500 }));
    expect(error).toMatchObject({
      type: "timeout",
      attempts: 1,
      message: "No complete answer within 500 ms",
    });
    await server.sandbox.requests[0]?.closed;
    expect(server.sandbox.requests[0]?.aborted).toBe(true);
  });

  it.each(stalls)("%s can be left at once", async (where, answer) => {
    server.sandbox.answerNext(answer);
    const controller = new AbortController();
    const reason = { because: "the user left" };
    const leaveAt = where === "in the body" ? "response" : "request";
    const onEvent = async ({ type }: ClientEvent) => {
      await server.sandbox.requestReceived(1);
      if (type === leaveAt) controller.abort(reason);
    };
    const call = listPhoneNumbers({ ...server.options, signal: controller.signal, onEvent });
    expect(await rejection(call)).toBe(reason);
    const [request] = server.sandbox.requests;
    await request?.closed;
    expect(request?.aborted).toBe(true);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });
});

describe("a signal that is aborted already", () => {
  it.each([["a string"], [7], [null], [new Error("enough")]])("gives its reason: %o", async (reason) => {
    const signal = AbortSignal.abort(reason);
    expect(await rejection(listPhoneNumbers({ ...server.options, signal }))).toBe(reason);
    expect(server.sandbox.requests).toEqual([]);
  });
});

it.each([["before the call"], ["in the same turn"]])("an abort %s leaves no listener", async (when) => {
  const controller = new AbortController();
  if (when === "before the call") controller.abort();
  const call = listPhoneNumbers({ ...server.options, signal: controller.signal });
  controller.abort();
  await rejection(call);
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});

it("a listing that is left at once leaves no listener", async () => {
  const { signal } = new AbortController();
  const pages = listAllPhoneNumbers({ ...server.options, signal }).pages();
  const first = pages.next();
  pages.return?.();
  await Promise.allSettled([first]);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

it.each([
  ["response", { status: 302 }],
  ["response", { status: 401 }],
  ["contractViolation", { data: [7], total: 1, page: 1, limit: 1, totalPages: 1 }],
])("an abort in the %s event ends the call: %o", async (type, answer) => {
  const controller = new AbortController();
  const fetch = async () =>
    "status" in answer ? new Response(null, answer) : Response.json(answer, { status: 200 });
  const onEvent = (event: ClientEvent) => {
    if (event.type === type) controller.abort("enough");
  };
  const options = { baseUrl: "https://example.com", validation: "lenient", fetch, onEvent } as const;
  expect(await rejection(listPhoneNumbers({ ...options, signal: controller.signal }))).toBe("enough");
});

it("a signal may serve many calls: it has one listener, and keeps none", async () => {
  const { signal } = new AbortController();
  let most = 0;
  const onEvent = () => {
    most = Math.max(most, getEventListeners(signal, "abort").length);
  };
  const calls = Array.from({ length: 20 }, () => listPhoneNumbers({ ...server.options, signal, onEvent }));
  await Promise.all(calls);
  expect(getEventListeners(signal, "abort")).toEqual([]);
  expect(most).toBeLessThanOrEqual(2);
});

describe("a connection that is lost", () => {
  it.each([
    ["before the headers", { ...page, fault: { type: "reset-before-headers" } }, undefined, "No answer"],
    ["in the body", { ...page, fault: { type: "truncate-body" } }, 200, "broke off"],
  ] as [string, ScriptedAnswer, number | undefined, string][])("%s", async (_, answer, status, message) => {
    server.sandbox.answerNext(answer);
    const error = await rejection(listPhoneNumbers(server.options));
    expect(error).toMatchObject({ type: "connection", attempts: 1 });
    expect(error).toHaveProperty("cause");
    expect((error as { status?: number }).status).toBe(status);
    expect((error as Error).message).toContain(message);
  });

  it("was never there", async () => {
    const closed = await import("../../www/sandbox/index.ts").then(({ startSandbox }) => startSandbox({}));
    await closed.close();
    const error = await rejection(listPhoneNumbers({ ...server.options, baseUrl: closed.url }));
    expect(error).toMatchObject({ type: "connection", attempts: 1 });
    expect((error as Error).message).toContain("ECONNREFUSED");
  });
});
