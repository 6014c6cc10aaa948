import { InstaViewClient, listAllPhoneNumbers, listPhoneNumbers } from "instaview-phone-numbers";
import { describe, expect, it, vi } from "vitest";
import { reporting, turn, useFakeClock } from "./fake-clock.ts";
import { rejection } from "./sandbox.ts";

useFakeClock();

/** A fetch that ignores its signal, and responds when the test says so. */
function deafFetch() {
  const responses: ((response: unknown) => void)[] = [];
  const cancel = vi.fn();
  return {
    options: {
      baseUrl: "https://example.com",
      maxRetries: 0,
      timeout: 1_000,
      fetch: () => new Promise<never>((resolve) => responses.push(resolve as never)),
    },
    cancel,
    respond: (response: unknown = new Response(new ReadableStream({ cancel }))) => {
      for (const resolve of responses) resolve(response);
    },
  };
}

describe("a response that comes too late, from a fetch that ignores its signal", () => {
  it("is cancelled after a timeout", async () => {
    const { options, cancel, respond } = deafFetch();
    const late = rejection(listPhoneNumbers(options));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await late).toMatchObject({ type: "timeout", attempts: 1 });
    expect(cancel).not.toHaveBeenCalled();
    respond();
    await turn();
    expect(cancel).toHaveBeenCalledOnce();
  });

  it("is cancelled after an abort", async () => {
    const { options, cancel, respond } = deafFetch();
    const controller = new AbortController();
    const aborted = rejection(listPhoneNumbers({ ...options, signal: controller.signal }));
    await turn();
    controller.abort("enough");
    expect(await aborted).toBe("enough");
    respond();
    await turn();
    expect(cancel).toHaveBeenCalledOnce();
  });

  it("is cancelled after the listing has been left", async () => {
    const { options, cancel, respond } = deafFetch();
    const pages = listAllPhoneNumbers(options).pages();
    const first = pages.next();
    await turn();
    await Promise.all([pages.return?.(), first]);
    respond();
    await turn();
    expect(cancel).toHaveBeenCalledOnce();
  });

  it("is cancelled while another attempt of the call is under way, which has its page", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const cancel = vi.fn();
    const responses: ((response: Response) => void)[] = [];
    const fetch = () => new Promise<Response>((resolve) => responses.push(resolve));
    const call = listPhoneNumbers({ baseUrl: "https://example.com", timeout: 1_000, fetch });
    await vi.advanceTimersByTimeAsync(1_000);
    // The backoff: a fake timer that is set by another one takes a millisecond at least.
    await vi.advanceTimersByTimeAsync(1);
    expect(responses).toHaveLength(2);
    responses[0]?.(new Response(new ReadableStream({ cancel })));
    await turn();
    expect(cancel).toHaveBeenCalledOnce();
    responses[1]?.(reporting({}));
    expect((await call).data).toEqual([]);
  });

  it.each<[string, () => unknown]>([
    ["without a body", () => new Response(null, { status: 204 })],
    [
      "whose body is locked",
      () => {
        const response = new Response("a page");
        response.body?.getReader();
        return response;
      },
    ],
    [
      "whose cancel throws",
      () => ({
        body: {
          cancel() {
            throw new Error("no");
          },
        },
      }),
    ],
    ["whose cancel rejects", () => ({ body: { cancel: () => Promise.reject(new Error("no")) } })],
    [
      "whose body throws",
      () => ({
        get body() {
          throw new Error("no");
        },
      }),
    ],
    ["that is none", () => undefined],
    ["that is an error after all", () => Promise.reject(new Error("offline"))],
  ])("is ignored where it cannot be cancelled: %s", async (_, response) => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const { options, respond } = deafFetch();
    const late = rejection(listPhoneNumbers(options));
    await vi.advanceTimersByTimeAsync(1_000);
    await late;
    respond(response());
    // Unhandled rejections are reported after the microtasks of a turn.
    for (const _ of [1, 2]) await new Promise(setImmediate);
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it("reports nothing to the client's rate limit", async () => {
    const { options, respond } = deafFetch();
    const client = new InstaViewClient(options);
    const late = rejection(client.listPhoneNumbers());
    await vi.advanceTimersByTimeAsync(1_000);
    await late;
    respond(reporting({ minute: { remaining: 0, reset: 50 } }));
    await turn();
    expect(client.rateLimit).toBeUndefined();
  });
});
