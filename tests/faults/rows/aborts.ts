import { listPhoneNumbers } from "instaview-phone-numbers";
import { SANDBOX_KEYS } from "../../../www/sandbox/keys.ts";
import type { Fault, ScriptedAnswer } from "../../../www/sandbox/scripted-answers.ts";
import { check } from "../check.ts";
import type { Group, Moment, Moments, Options, Row } from "../row.ts";
import { PAGE } from "../row.ts";
import { windows } from "./windows.ts";

const broken = (type: Fault["type"], more: ScriptedAnswer = {}): ScriptedAnswer => ({
  ...PAGE,
  ...more,
  fault: { type },
});
const stall = broken("stall-before-headers");
const stallInBody = broken("stall-in-body");
const never = () => new Promise<never>(() => {});

/** Aborts at the moment, with the reason; the server must see that the client leaves a request under way. */
const abortAt =
  (moment: Moment, count: number, ...reason: unknown[]) =>
  async ({ at, abort, left }: Moments) => {
    await at(moment, count);
    abort(...reason);
    if (moment === "arrival" || moment === "head") check(await left(count), "the request goes on");
  };

const reasons: [string, unknown][] = [
  ["a string", "the user left"],
  ["null", null],
  ["a TimeoutError, as of AbortSignal.timeout", new DOMException("The operation timed out", "TimeoutError")],
  // biome-ignore lint/suspicious/noThenProperty: a reason is given as it is, never waited for
  ["a thenable", { then: () => {} }],
];

/** Something like a signal, aborted, as old platforms have them: without a reason. */
const lookalike = { aborted: true, addEventListener() {}, removeEventListener() {} };

/** A client whose rate limit is used up for 20 seconds, after its first call. */
const EXHAUSTED = windows({ minute: { limit: 60, remaining: 0, reset: 20 } });

const duringEvent = (type: string, gets: Row["gets"], answers: ScriptedAnswer[]): Row => ({
  name: `abort in the listener of a ${type} event`,
  answers,
  options: ({ moments }) => ({
    onEvent: (event: { type: string }) => {
      if (event.type === type) moments.abort("enough");
    },
  }),
  gets,
});

const withOptions = (name: string, options: Options, moment: Moment): Row => ({
  name,
  options,
  during: abortAt(moment, 1, "enough"),
  gets: { outcome: "aborted", requests: 0, ...(moment === "fetch" && { attempts: 1 }) },
});

export const aborts: Group = {
  title: "Aborts",
  rows: [
    {
      name: "abort before the call",
      options: { signal: AbortSignal.abort("before") },
      gets: { outcome: "aborted", reason: "before", requests: 0 },
    },
    {
      name: "abort before the call, by something like a signal, without a reason",
      options: { signal: lookalike },
      gets: { outcome: "aborted", reasonName: "AbortError", requests: 0 },
    },
    {
      name: "abort before the call, by something like a signal, with undefined",
      options: { signal: { ...lookalike, reason: undefined } },
      gets: { outcome: "aborted", reasonName: "AbortError", requests: 0 },
    },
    {
      name: "abort right after the call",
      call: ({ client, signal, moments }) => {
        const page = client.listPhoneNumbers({}, { signal });
        moments.abort("at once");
        return page;
      },
      gets: { outcome: "aborted", requests: 0 },
    },
    {
      name: "abort in fetch",
      answers: [stall],
      during: abortAt("arrival", 1),
      gets: { outcome: "aborted" },
    },
    ...reasons.map(
      ([name, reason]): Row => ({
        name: `abort with ${name}`,
        answers: [stall],
        during: abortAt("arrival", 1, reason),
        gets: { outcome: "aborted", reason },
      }),
    ),
    {
      name: "abort in the body",
      answers: [stallInBody],
      during: abortAt("head", 1),
      gets: { outcome: "aborted" },
    },
    {
      name: "abort in the body of a 503",
      answers: [broken("stall-in-body", { status: 503 })],
      during: abortAt("head", 1),
      gets: { outcome: "aborted" },
    },
    {
      name: "abort in a backoff",
      answers: [{ status: 503 }],
      during: abortAt("wait", 1, "enough"),
      gets: { outcome: "aborted" },
    },
    {
      name: "abort in the second backoff",
      answers: [{ status: 503 }, { status: 503 }],
      during: abortAt("wait", 2, "enough"),
      gets: { outcome: "aborted", requests: 2, ms: 250 },
    },
    {
      name: "abort while waiting as Retry-After says",
      answers: [{ status: 429, headers: { "Retry-After": "60" } }],
      during: abortAt("wait", 1, "enough"),
      gets: { outcome: "aborted" },
    },
    {
      name: "abort in fetch, at the second attempt",
      answers: [{ status: 503 }, stall],
      during: abortAt("arrival", 2),
      gets: { outcome: "aborted", requests: 2, ms: 250 },
    },
    {
      name: "abort in a wait for the rate limit",
      answers: [EXHAUSTED],
      call: async ({ client, signal }) => {
        await client.listPhoneNumbers();
        return client.listPhoneNumbers({}, { signal });
      },
      during: abortAt("wait", 1, "enough"),
      gets: { outcome: "aborted" },
    },
    {
      name: "abort in the queue behind another wait for the rate limit",
      answers: [EXHAUSTED, PAGE],
      call: async ({ client, signal, others }) => {
        await client.listPhoneNumbers();
        others.push(client.listPhoneNumbers());
        return client.listPhoneNumbers({}, { signal });
      },
      during: async ({ at, abort, passTime }) => {
        await at("wait", 1);
        abort("enough");
        passTime();
      },
      gets: { outcome: "aborted", requests: 2, ms: 20_000 },
    },
    {
      name: "abort of a wait for the rate limit, with another call behind it",
      answers: [EXHAUSTED, PAGE],
      call: async ({ client, signal, others }) => {
        await client.listPhoneNumbers();
        const first = client.listPhoneNumbers({}, { signal });
        others.push(client.listPhoneNumbers());
        return first;
      },
      during: abortAt("wait", 1, "enough"),
      gets: { outcome: "aborted", requests: 2, ms: 20_000 },
    },
    withOptions("abort in a slow apiKey function", { apiKey: never }, "key"),
    {
      name: "abort by the apiKey function itself",
      options: ({ moments }) => ({
        apiKey: () => {
          moments.abort("no key");
          return SANDBOX_KEYS.company;
        },
      }),
      gets: { outcome: "aborted", requests: 0 },
    },
    withOptions("abort in a fetch that ignores its signal", { fetch: never }, "fetch"),
    {
      name: "abort in a fetch that rejects afterwards",
      options: ({ moments }) => ({
        fetch: async (_: string, { signal }: RequestInit) => {
          await new Promise((resolve) => signal?.addEventListener("abort", resolve));
          await moments.at("fetch", 1);
          throw new Error("too late");
        },
      }),
      during: abortAt("fetch", 1, "enough"),
      gets: { outcome: "aborted", attempts: 1, requests: 0 },
    },
    {
      name: "abort in a body that cannot be cancelled",
      options: {
        fetch: async () => new Response(new ReadableStream({ pull: never, cancel: never })),
      },
      during: async ({ at, abort }: Moments) => {
        await at("head", 1);
        abort("enough");
      },
      gets: { outcome: "aborted", attempts: 1, requests: 0 },
    },
    {
      name: "abort in a body that fails when it is cancelled",
      options: {
        fetch: async () =>
          new Response(new ReadableStream({ pull: never, cancel: () => Promise.reject(new Error("no")) })),
      },
      during: async ({ at, abort }: Moments) => {
        await at("head", 1);
        abort("enough");
      },
      gets: { outcome: "aborted", attempts: 1, requests: 0 },
    },
    duringEvent("request", { outcome: "aborted", attempts: 1, requests: 0 }, []),
    duringEvent("response", { outcome: "aborted" }, [stallInBody]),
    duringEvent("retry", { outcome: "aborted" }, [{ status: 503 }]),
    {
      name: "abort after the call",
      call: async ({ options, moments }) => {
        const page = await listPhoneNumbers(options);
        moments.abort("too late");
        return page;
      },
      gets: { outcome: "page" },
    },
    {
      name: "abort of one call, with another of the same client under way",
      answers: [stall, PAGE],
      call: async ({ client, signal, moments }) => {
        const first = client.listPhoneNumbers({}, { signal });
        await moments.at("arrival", 1);
        // Of another address: Chromium's cache lets equal requests wait for each other.
        await client.listPhoneNumbers({ page: 2 });
        moments.abort("enough");
        return first;
      },
      gets: { outcome: "aborted", requests: 2 },
    },
  ],
};
