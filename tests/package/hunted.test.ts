// What a hunt through combinations found.
import { listPhoneNumbers } from "instaview-phone-numbers";
import { afterEach, describe, expect, it } from "vitest";
import { rejection } from "./sandbox.ts";

const options = { apiKey: "sk_test_abcdefghijkl", baseUrl: "https://x.test" };
const page = () => Response.json({ data: [], total: 0, page: 1, limit: 20, totalPages: 0 });

describe("an abort beside a failure", () => {
  const failing = (abort: () => void) => () => {
    abort();
    throw new Error("failed too");
  };
  it.each([
    ["fetch throws", (abort: () => void) => ({ fetch: failing(abort) as never })],
    ["the key function throws", (abort: () => void) => ({ apiKey: failing(abort) as never })],
    [
      "the status throws",
      (abort: () => void) => ({
        fetch: async () => Object.defineProperty({}, "status", { get: failing(abort) }) as never,
      }),
    ],
  ])("is what the call rejects with: %s", async (_, failingOptions) => {
    const controller = new AbortController();
    const events: string[] = [];
    const call = listPhoneNumbers({
      ...options,
      ...failingOptions(() => controller.abort("reason")),
      signal: controller.signal,
      onEvent: ({ type }) => events.push(type),
    });
    expect(await rejection(call)).toBe("reason");
    expect(events).not.toContain("retry");
  });
});

it("a body is cancelled where the listener of its response aborts the call", async () => {
  const controller = new AbortController();
  let isCancelled = false;
  const cancel = () => {
    isCancelled = true;
  };
  const call = listPhoneNumbers({
    ...options,
    signal: controller.signal,
    fetch: async () => new Response(new ReadableStream({ cancel })),
    onEvent: ({ type }) => type === "response" && controller.abort("reason"),
  });
  expect(await rejection(call)).toBe("reason");
  expect(isCancelled).toBe(true);
});

it("an abort reason that looks like an error of the core keeps its identity", async () => {
  const reason = Object.assign(new Error("mine"), { name: "InstaViewError" });
  const call = listPhoneNumbers({ ...options, signal: AbortSignal.abort(reason) });
  expect(await rejection(call)).toBe(reason);
});

describe("where the name of every error is read-only", () => {
  const name = Object.getOwnPropertyDescriptor(Error.prototype, "name") as PropertyDescriptor;
  afterEach(() => void Object.defineProperty(Error.prototype, "name", name));

  it("a call fails as it should, and others go on", async () => {
    Object.defineProperty(Error.prototype, "name", { ...name, writable: false });
    let respond = (_: Response) => {};
    const slow = listPhoneNumbers({
      ...options,
      fetch: () =>
        new Promise<Response>((resolve) => {
          respond = resolve;
        }),
    });
    const denied = async () => Response.json({ message: "no" }, { status: 401 });
    const error = await rejection(listPhoneNumbers({ ...options, fetch: denied }));
    expect(error).toMatchObject({ type: "authentication", status: 401, attempts: 1 });
    respond(page());
    expect((await slow).total).toBe(0);
  });
});
