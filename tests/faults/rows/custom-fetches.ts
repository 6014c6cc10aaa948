import { type Group, type Moments, PAGE, type Row } from "../row.ts";

const page = () => Response.json(PAGE.body);

/** A fetch that gets no answer: as with a lost connection, another attempt may. */
const noAnswer = (name: string, fetch: () => unknown): Row => ({
  name,
  options: { fetch },
  gets: { outcome: "connection", attempts: 3, requests: 0, ms: 750 },
});

/** A fetch that gives something which is no answer. */
const invalid = (name: string, fetched: () => unknown, status?: number): Row => ({
  name: `a fetch that gives ${name}`,
  options: { fetch: async () => fetched() },
  gets: {
    outcome: "invalid_response",
    attempts: 1,
    requests: 0,
    ...(status !== undefined && { status }),
  },
});

const throwing = (thrown: unknown) => () => {
  throw thrown;
};

export const customFetches: Group = {
  title: "Fetches of the user's own",
  rows: [
    {
      name: "a fetch that passes the request on",
      options: { fetch: (url: string, init: RequestInit) => fetch(url, init) },
      gets: { outcome: "page" },
    },
    {
      name: "a fetch that answers by itself",
      options: { fetch: async () => page() },
      gets: { outcome: "page", attempts: 1, requests: 0 },
    },
    {
      name: "a fetch that gives a thenable",
      // biome-ignore lint/suspicious/noThenProperty: that is what this row is about
      options: { fetch: () => ({ then: (resolve: (response: Response) => void) => resolve(page()) }) },
      gets: { outcome: "page", attempts: 1, requests: 0 },
    },
    {
      name: "a fetch that gives the Response without a promise",
      options: { fetch: page },
      gets: { outcome: "page", attempts: 1, requests: 0 },
    },
    noAnswer("a fetch that throws", throwing(new TypeError("offline"))),
    noAnswer("a fetch that throws undefined", throwing(undefined)),
    noAnswer("a fetch that rejects", () => Promise.reject(new TypeError("offline"))),
    noAnswer("a fetch that rejects with a string", () => Promise.reject("offline")),
    noAnswer("a fetch that rejects with null", () => Promise.reject(null)),
    {
      name: "a fetch that fails once, then answers",
      options: () => {
        const answers = [() => Promise.reject(new TypeError("offline")), async () => page()];
        return { fetch: () => answers.shift()?.() };
      },
      gets: { outcome: "page", attempts: 2, requests: 0, ms: 250 },
    },
    invalid("undefined", () => undefined),
    invalid("null", () => null),
    invalid("{}", () => ({})),
    invalid("a string", () => "a page"),
    invalid("an answer without a body", () => new Response(null), 200),
    invalid(
      "an answer that was read already",
      () => {
        const response = page();
        void response.text();
        return response;
      },
      200,
    ),
    invalid("a status that throws", () => ({
      get status() {
        return throwing(new Error("no"))();
      },
    })),
    {
      name: "a fetch whose body fails with undefined, then answers",
      options: () => {
        const failing = new ReadableStream({ pull: (stream) => stream.error(undefined) });
        const answers = [new Response(failing), page()];
        return { fetch: async () => answers.shift() };
      },
      gets: { outcome: "page", attempts: 2, requests: 0, ms: 250 },
    },
    invalid(
      "a body of text instead of bytes",
      () => new Response(new ReadableStream({ start: (stream) => stream.enqueue("a page") })),
      200,
    ),
    invalid(
      "a body without an end",
      () => new Response(new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(1 << 20)) })),
      200,
    ),
    {
      name: "a fetch that never settles",
      options: { fetch: () => new Promise(() => {}), timeout: 1_000, maxRetries: 1 },
      during: async ({ at, passTime }: Moments) => {
        for (const count of [1, 2]) {
          await at("fetch", count);
          passTime();
        }
      },
      gets: { outcome: "timeout", attempts: 2, requests: 0, ms: 2 * 1_000 + 250 },
    },
    {
      name: "a fetch that rejects after the timeout",
      options: ({ moments }) => ({
        fetch: async () => {
          await moments.at("wait", 1);
          throw new Error("too late");
        },
        timeout: 1_000,
        maxRetries: 1,
      }),
      during: async ({ at, passTime }: Moments) => {
        await at("fetch", 1);
        passTime();
        await at("wait", 1);
        passTime();
        await at("fetch", 2);
      },
      gets: { outcome: "connection", attempts: 2, requests: 0, ms: 1_000 + 250 },
    },
    {
      name: "no fetch at all",
      call: async ({ client }) => {
        const { fetch } = globalThis;
        Object.assign(globalThis, { fetch: undefined });
        try {
          return await client.listPhoneNumbers();
        } finally {
          Object.assign(globalThis, { fetch });
        }
      },
      gets: { outcome: "configuration", requests: 0 },
    },
  ],
};
