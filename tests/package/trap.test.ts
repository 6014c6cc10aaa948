import { getEventListeners } from "node:events";
import { beforeAll, expect, it } from "vitest";
import { rejection, useSandbox } from "./sandbox.ts";

const server = useSandbox();
const trap = { body: '"trap"' };

// Built with the feature `trap`: this body makes the core abort, as only a defect would.
let listPhoneNumbers: typeof import("instaview-phone-numbers").listPhoneNumbers;
let InstaViewClient: typeof import("instaview-phone-numbers").InstaViewClient;
beforeAll(async () => {
  const path = "../../target/trapping/index.js";
  ({ listPhoneNumbers, InstaViewClient } = await import(path));
});

it("a trap rejects the call as internal, and the next one works", async () => {
  for (const _ of [1, 2, 3]) {
    server.sandbox.answerNext(trap);
    const error = await rejection(listPhoneNumbers(server.options));
    expect(error).toMatchObject({ type: "internal", cause: expect.any(WebAssembly.RuntimeError) });
    expect((await listPhoneNumbers(server.options)).total).toBe(237);
  }
});

it("a trap rejects the calls that share its instance, and leaves no timer and no listener", async () => {
  const { signal } = new AbortController();
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  await listPhoneNumbers(server.options);
  const before = timers();
  server.sandbox.answerNext({ fault: { type: "stall-before-headers" } }, trap);
  const options = { ...server.options, signal, timeout: 600_000 };
  const stalled = rejection(listPhoneNumbers(options));
  await server.sandbox.requestReceived(2);
  expect(await rejection(listPhoneNumbers(options))).toMatchObject({ type: "internal" });
  expect(await stalled).toMatchObject({ type: "internal" });
  expect(getEventListeners(signal, "abort")).toEqual([]);
  // Two would be left; one may be of the connections.
  expect(timers()).toBeLessThanOrEqual(before + 1);
});

it("a client goes on after a trap", async () => {
  const client = new InstaViewClient(server.options);
  await client.listPhoneNumbers();
  expect(client.rateLimit?.minute?.limit).toBe(1_000_000);
  server.sandbox.answerNext(trap);
  await rejection(client.listPhoneNumbers());
  expect((await client.listPhoneNumbers()).total).toBe(237);
  expect(client.rateLimit?.minute?.limit).toBe(1_000_000);
});
