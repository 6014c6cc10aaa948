import { getEventListeners } from "node:events";
import {
  type ClientEvent,
  findPhoneNumber,
  InstaViewClient,
  listAllPhoneNumbers,
  listPhoneNumbers,
} from "instaview-phone-numbers";
import { describe, expect, it, vi } from "vitest";
import { phoneNumber, useModelServer } from "./model-server.ts";
import { rejection } from "./sandbox.ts";

const model = useModelServer();

const listing = (options: object = {}) =>
  listAllPhoneNumbers({ baseUrl: model.url, maxRetries: 0, limit: 10, ...options });

describe("a listing has one set of options", () => {
  it("whatever becomes of the objects that they came in", async () => {
    model.reset(30);
    const seen: unknown[] = [];
    const baseUrl = new URL(model.url);
    const headers = { "x-tenant": "one" };
    const pairs = new Map([["x-pair", "one"]]).entries();
    const watching = async (url: string, init: RequestInit) => {
      const sent = new Headers(init.headers);
      seen.push([new URL(url).pathname, sent.get("x-tenant"), sent.get("x-pair")]);
      baseUrl.pathname = "/other";
      headers["x-tenant"] = "two";
      return fetch(url, init);
    };
    const client = new InstaViewClient({ baseUrl, headers, fetch: watching });
    expect(
      await client.listAllPhoneNumbers({ limit: 10 }, { headers: pairs as never }).toArray(),
    ).toHaveLength(30);
    expect(seen).toEqual(Array(3).fill(["/phone-numbers", "one", "one"]));
  });

  it("and one environment", async () => {
    model.reset(30);
    const keys: unknown[] = [];
    vi.stubEnv("INSTAVIEW_API_KEY", "sk_test_one_of_the_environment");
    const watching = async (url: string, init: RequestInit) => {
      keys.push(new Headers(init.headers).get("authorization"));
      vi.stubEnv("INSTAVIEW_API_KEY", "sk_test_two_of_the_environment");
      return fetch(url, init);
    };
    await listing({ fetch: watching }).toArray();
    vi.unstubAllEnvs();
    expect(keys).toEqual(Array(3).fill("Bearer sk_test_one_of_the_environment"));
  });

  it("of which nothing on Object.prototype is one", async () => {
    model.reset(30);
    const polluted = { consistency: "strict", concurrency: 50, provider: "NONE" };
    Object.assign(Object.prototype, polluted);
    try {
      model.answer = (page, honest) => ({ ...honest, total: 30 + page });
      expect(await listing().toArray()).toHaveLength(30);
      expect(model.mostUnderWay).toBe(1);
      expect(await findPhoneNumber({}, { baseUrl: model.url })).toStrictEqual(phoneNumber(0));
    } finally {
      for (const name of Object.keys(polluted)) delete (Object.prototype as Record<string, unknown>)[name];
    }
  });
});

describe("the signal", () => {
  it("ends the whole listing at once, and keeps no listener", async () => {
    model.reset(100);
    const controller = new AbortController();
    const { signal } = controller;
    const reason = new Error("Enough");
    model.answer = async (page, honest) => {
      // With the second page, a fourth would be asked for.
      while (page === 2 && !signal.aborted) await new Promise(setImmediate);
      if (page < 3) return honest;
      controller.abort(reason);
      return new Promise(() => {});
    };
    const events: ClientEvent[] = [];
    const numbers = listing({ signal, concurrency: 2, onEvent: (event: ClientEvent) => events.push(event) });
    expect(await rejection(numbers.toArray())).toBe(reason);
    await model.idle();
    expect(getEventListeners(signal, "abort")).toEqual([]);
    expect(events.filter(({ type }) => type === "request")).toHaveLength(3);
    expect(await rejection(numbers.toArray())).toBe(reason);
    expect(model.asked).toHaveLength(3);
  });

  it("ends it between two numbers too, and while nothing is under way it has no listener", async () => {
    model.reset(100);
    const controller = new AbortController();
    const iterator = listing({ signal: controller.signal })[Symbol.asyncIterator]();
    await iterator.next();
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    controller.abort();
    expect(await rejection(iterator.next())).toBe(controller.signal.reason);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(model.asked).toEqual([1]);
  });
});

describe("a signal of unusual behaviour is treated as by listPhoneNumbers", () => {
  /** One that is aborted by the request, when `aborts`. */
  function unusual(behaviour: object, aborts = false) {
    const target = new EventTarget();
    const signal = {
      aborted: false,
      reason: undefined,
      addEventListener: target.addEventListener.bind(target),
      removeEventListener: target.removeEventListener.bind(target),
    };
    Object.defineProperties(signal, Object.getOwnPropertyDescriptors(behaviour));
    model.reset(30);
    model.answer = (_, honest) => {
      if (!aborts) return honest;
      signal.aborted = true;
      target.dispatchEvent(new Event("abort"));
      return new Promise(() => {});
    };
    return { baseUrl: model.url, maxRetries: 0, signal: signal as never };
  }
  const fail = (message: string) => () => {
    throw new Error(message);
  };

  it.each<[string, object, boolean]>([
    [
      "whose reason throws",
      Object.defineProperty({}, "reason", { get: fail("reason"), enumerable: true }),
      true,
    ],
    ["whose reason is undefined", {}, true],
    ["whose addEventListener throws", { addEventListener: fail("add") }, false],
    ["without removeEventListener", { removeEventListener: undefined }, false],
  ])("%s", async (_, behaviour, aborts) => {
    const expected = await rejection(listPhoneNumbers(unusual(behaviour, aborts)));
    expect(await rejection(listAllPhoneNumbers(unusual(behaviour, aborts)).toArray())).toEqual(expected);
  });

  it("whose removeEventListener throws", async () => {
    const options = unusual({ removeEventListener: fail("remove") });
    expect(await listAllPhoneNumbers({ ...options, limit: 10 }).toArray()).toHaveLength(30);
  });
});
