import { InstaViewClient } from "instaview-phone-numbers";
import { describe, expect, it, vi } from "vitest";
import { reporting, turn, useFakeClock } from "./fake-clock.ts";
import { rejection } from "./sandbox.ts";

useFakeClock();

/** A client whose fetch reports these windows of a minute in turn, and records the keys that it is sent. */
function clientOf(
  apiKey: () => string | Promise<string>,
  windows: { remaining: number; reset: number }[],
  options = {},
) {
  const sent: { key: string | null; at: number }[] = [];
  const client = new InstaViewClient({
    apiKey,
    baseUrl: "https://example.com",
    maxRetries: 0,
    ...options,
    fetch: async (url, init) => {
      const { headers } = new Request(url, init);
      sent.push({ key: headers.get("Authorization"), at: Date.now() });
      const minute = windows.shift();
      return reporting(minute ? { minute } : {});
    },
  });
  return { client, sent };
}

describe("a key function", () => {
  it("is called after the wait for the rate limit, so that a token is new when it is sent", async () => {
    const issued: number[] = [];
    const issue = () => {
      issued.push(Date.now());
      return `sk_test_${issued.length}`;
    };
    const { client, sent } = clientOf(issue, [{ remaining: 0, reset: 20 }]);
    await client.listPhoneNumbers();
    const second = client.listPhoneNumbers();
    await vi.advanceTimersByTimeAsync(19_999);
    expect(issued).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    await second;
    expect(sent.map(({ key }) => key)).toEqual(["Bearer sk_test_1", "Bearer sk_test_2"]);
    expect(sent.map(({ at }) => at)).toEqual(issued);
  });

  it("is called after the wait of a call that others wait before, too", async () => {
    const issued: number[] = [];
    const issue = async () => {
      issued.push(Date.now());
      return `sk_test_${issued.length}`;
    };
    const { client, sent } = clientOf(issue, [
      { remaining: 0, reset: 20 },
      { remaining: 1, reset: 60 },
      { remaining: 0, reset: 60 },
    ]);
    await client.listPhoneNumbers();
    const calls = [1, 2, 3].map((page) => client.listPhoneNumbers({ page }));
    await vi.advanceTimersByTimeAsync(20_000 + 60_000);
    await Promise.all(calls);
    expect(sent.map(({ at }) => at)).toEqual(issued);
  });

  it("is not called for a call that waits in vain", async () => {
    const issue = vi.fn(() => "sk_test_1");
    const { client } = clientOf(issue, [{ remaining: 0, reset: 20 }], { maxRateLimitWait: 19_999 });
    await client.listPhoneNumbers();
    expect(await rejection(client.listPhoneNumbers())).toMatchObject({ type: "rate_limit", attempts: 0 });
    expect(issue).toHaveBeenCalledOnce();
  });
});

describe("a key function that gives nothing", () => {
  /** A client of which one request remains, whose second key never comes. */
  async function stuck() {
    let keys = 0;
    const issue = () => {
      keys += 1;
      return keys === 2 ? new Promise<never>(() => {}) : `sk_test_${keys}`;
    };
    const { client, sent } = clientOf(issue, [{ remaining: 1, reset: 50 }], { timeout: 1_000 });
    await client.listPhoneNumbers();
    return { client, sent };
  }

  it("holds the last request for as long as the timeout, and then another call sends it", async () => {
    const { client, sent } = await stuck();
    const late = rejection(client.listPhoneNumbers());
    const next = client.listPhoneNumbers();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await late).toMatchObject({ type: "timeout", attempts: 0 });
    await next;
    expect(sent).toHaveLength(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("holds it no longer than until the call is aborted", async () => {
    const { client, sent } = await stuck();
    const controller = new AbortController();
    const aborted = rejection(client.listPhoneNumbers({}, { signal: controller.signal }));
    const next = client.listPhoneNumbers();
    await turn();
    controller.abort("enough");
    expect(await aborted).toBe("enough");
    await next;
    expect(sent).toHaveLength(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("holds it no longer than until it throws", async () => {
    let keys = 0;
    const issue = () => {
      keys += 1;
      if (keys === 2) throw new Error("the vault is sealed");
      return `sk_test_${keys}`;
    };
    const { client, sent } = clientOf(issue, [{ remaining: 1, reset: 50 }]);
    await client.listPhoneNumbers();
    const failed = rejection(client.listPhoneNumbers());
    const next = client.listPhoneNumbers();
    expect(await failed).toMatchObject({ type: "configuration", attempts: 0 });
    await next;
    expect(sent).toHaveLength(2);
  });
});
