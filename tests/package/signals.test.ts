import {
  findPhoneNumber,
  InstaViewClient,
  listAllPhoneNumbers,
  listPhoneNumbers,
} from "instaview-phone-numbers";
import { describe, expect, it } from "vitest";
import { phoneNumber } from "./model-server.ts";
import { rejection } from "./sandbox.ts";

/** A signal as platforms had it before signals had reasons; or with one that is undefined. */
function oldSignal(aborted: boolean, own: object = {}) {
  const target = new EventTarget();
  const signal = {
    aborted,
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
    ...own,
  };
  const abort = () => {
    signal.aborted = true;
    target.dispatchEvent(new Event("abort"));
  };
  return { signal: signal as unknown as AbortSignal, abort };
}

const data = [1, 2, 3].map(phoneNumber);
const page = (number: number) => Response.json({ data, total: 9, page: number, limit: 3, totalPages: 3 });
const options = { baseUrl: "https://example.com", maxRetries: 0 };

describe.each([
  ["without a reason", {}],
  ["whose reason is undefined", { reason: undefined }],
])("a signal %s rejects with an AbortError", (_, own) => {
  const abortError = (error: unknown) => {
    expect(error).toBeInstanceOf(DOMException);
    expect(error).toMatchObject({ name: "AbortError", message: expect.stringMatching(/./) });
  };

  it("before the call", async () => {
    const { signal } = oldSignal(true, own);
    const client = new InstaViewClient(options);
    for (const call of [
      () => listPhoneNumbers({ ...options, signal }),
      () => client.listPhoneNumbers({}, { signal }),
      () => listAllPhoneNumbers({ ...options, signal }).toArray(),
      () => findPhoneNumber({}, { ...options, signal }),
    ]) {
      abortError(await rejection(call()));
    }
  });

  it("during fetch", async () => {
    const { signal, abort } = oldSignal(false, own);
    const fetch = () => {
      queueMicrotask(abort);
      return new Promise<never>(() => {});
    };
    abortError(await rejection(listPhoneNumbers({ ...options, fetch, signal })));
  });

  it("during the body", async () => {
    const { signal, abort } = oldSignal(false, own);
    const pull = () => {
      abort();
      return new Promise<never>(() => {});
    };
    // Pulled by a read alone.
    const body = new ReadableStream({ pull }, { highWaterMark: 0 });
    abortError(
      await rejection(listPhoneNumbers({ ...options, fetch: async () => new Response(body), signal })),
    );
  });

  it("between two numbers of a listing", async () => {
    const { signal, abort } = oldSignal(false, own);
    const numbers = listAllPhoneNumbers({ ...options, fetch: async () => page(1), signal })[
      Symbol.asyncIterator
    ]();
    expect((await numbers.next()).value).toEqual(data[0]);
    abort();
    abortError(await rejection(numbers.next()));
    expect(await numbers.next()).toEqual({ done: true, value: undefined });
  });

  it("between two pages of a listing", async () => {
    const { signal, abort } = oldSignal(false, own);
    const pages = listAllPhoneNumbers({ ...options, fetch: async () => page(1), signal }).pages();
    await pages.next();
    abort();
    abortError(await rejection(pages.next()));
  });
});

it("an aborted signal's reason is given as it is, where there is one", async () => {
  for (const reason of [null, 0, "", false, new Error("enough")]) {
    const { signal } = oldSignal(true, { reason });
    expect(await rejection(listPhoneNumbers({ ...options, signal }))).toBe(reason);
    expect(await rejection(listAllPhoneNumbers({ ...options, signal }).toArray())).toBe(reason);
  }
});
