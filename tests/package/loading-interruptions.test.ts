// Aborts while the core is loaded.
import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { rejection } from "./sandbox.ts";

const options = { apiKey: "sk_test_abcdefghijkl", baseUrl: "https://x.test" };

describe("while the core is loaded", () => {
  let load = () => {};
  beforeEach(() => {
    vi.resetModules();
    const instantiate = WebAssembly.instantiate as (...args: unknown[]) => Promise<unknown>;
    vi.spyOn(WebAssembly, "instantiate").mockImplementation(async (...args: unknown[]) => {
      // A slow device, or a debugger.
      await new Promise<void>((resolve) => (load = resolve));
      return (await instantiate(...args)) as never;
    });
  });

  afterEach(() => void vi.restoreAllMocks());

  const settledWithin50Ms = (promise: Promise<unknown>) =>
    Promise.race([
      promise.catch((reason) => reason),
      new Promise((resolve) => setTimeout(resolve, 50, "nothing")),
    ]);

  it("an abort takes effect at once", async () => {
    const { listPhoneNumbers } = await import("instaview-phone-numbers");
    const controller = new AbortController();
    const call = listPhoneNumbers({ ...options, signal: controller.signal });
    controller.abort("left");
    expect(await settledWithin50Ms(call)).toBe("left");
    load();
  });

  it("an abort of a client's call takes effect at once", async () => {
    const { InstaViewClient } = await import("instaview-phone-numbers");
    const controller = new AbortController();
    const call = new InstaViewClient(options).listPhoneNumbers({}, { signal: controller.signal });
    controller.abort("left");
    expect(await settledWithin50Ms(call)).toBe("left");
    load();
  });

  it("return() ends a listing at once", async () => {
    const { listAllPhoneNumbers } = await import("instaview-phone-numbers");
    const pages = listAllPhoneNumbers(options).pages();
    void pages.next();
    expect(await settledWithin50Ms(pages.return?.() as Promise<unknown>)).toEqual({
      done: true,
      value: undefined,
    });
    load();
  });

  const fetch = async () => Response.json({ data: [], total: 0, page: 1, limit: 20, totalPages: 0 });
  /** The first call of a package that is loaded without delay. */
  const first = async () => {
    vi.restoreAllMocks();
    return (await import("instaview-phone-numbers")).listPhoneNumbers;
  };

  it("what lacks removeEventListener is an invalid argument for the first call too", async () => {
    const listPhoneNumbers = await first();
    const signal = { aborted: false, addEventListener() {} } as never;
    expect(await rejection(listPhoneNumbers({ ...options, fetch, signal }))).toMatchObject({
      type: "invalid_argument",
    });
  });

  it("a signal whose listener cannot be removed does not fail the first call", async () => {
    const listPhoneNumbers = await first();
    const signal = {
      aborted: false,
      addEventListener() {},
      removeEventListener() {
        throw new Error("foreign");
      },
    } as never;
    await listPhoneNumbers({ ...options, fetch, signal });
  });

  it("a reason that throws is no uncaught exception", async () => {
    const listPhoneNumbers = await first();
    const uncaught: unknown[] = [];
    const listener = (error: unknown) => void uncaught.push(error);
    process.prependListener("uncaughtException", listener);
    const controller = new AbortController();
    Object.defineProperty(controller.signal, "reason", {
      get() {
        throw new Error("reason");
      },
    });
    const call = rejection(listPhoneNumbers({ ...options, fetch, signal: controller.signal }));
    controller.abort();
    await call;
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("uncaughtException", listener);
    expect(uncaught).toEqual([]);
  });

  it("no listener is left", async () => {
    const listPhoneNumbers = await first();
    const { signal } = new AbortController();
    await listPhoneNumbers({ ...options, fetch, signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("many first calls with one signal cause no warning", async () => {
    const listPhoneNumbers = await first();
    const warnings: string[] = [];
    const listener = ({ name }: Error) => void warnings.push(name);
    process.on("warning", listener);
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 20 }, () => listPhoneNumbers({ ...options, fetch, signal })));
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("warning", listener);
    expect(warnings).toEqual([]);
  });
});
