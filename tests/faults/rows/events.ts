import { type ClientEvent, InstaViewClient, listPhoneNumbers } from "instaview-phone-numbers";
import { SANDBOX_KEYS } from "../../../www/sandbox/keys.ts";
import { check } from "../check.ts";
import { type Group, KEYLESS, PAGE, START } from "../row.ts";
import { repeatsInFirefox } from "./engines.ts";
import { windows } from "./windows.ts";

const twoAttempts = ["request 1", "response 1 503", "retry 1 server 250", "request 2", "response 2 200"];

export const events: Group = {
  title: "Events",
  rows: [
    {
      name: "the events of a retry",
      answers: [{ status: 503 }, PAGE],
      gets: { outcome: "page", requests: 2, ms: 250, events: twoAttempts },
    },
    {
      name: "the events of a call that gives up",
      answers: [{ status: 503 }, { status: 503 }],
      options: { maxRetries: 1 },
      gets: {
        outcome: "server",
        status: 503,
        requests: 2,
        ms: 250,
        events: ["request 1", "response 1 503", "retry 1 server 250", "request 2", "response 2 503"],
      },
    },
    {
      name: "the events of a lost connection",
      answers: [{ ...PAGE, fault: { type: "reset-before-headers" } }, PAGE],
      options: KEYLESS,
      gets: {
        outcome: "page",
        requests: 2,
        ms: 250,
        events: ["request 1", "retry 1 connection 250", "request 2", "response 2 200"],
      },
      differences: [repeatsInFirefox({ attempts: 1, ms: 0, events: ["request 1", "response 1 200"] })],
    },
    {
      name: "the events of a wait that the server asks for",
      answers: [{ status: 429, headers: { "Retry-After": "2" } }, PAGE],
      gets: {
        outcome: "page",
        requests: 2,
        ms: 2_000,
        events: [
          "request 1",
          "response 1 429",
          "retry 1 rate_limit 2000",
          "rateLimitWait retry-after 2000",
          "request 2",
          "response 2 200",
        ],
      },
    },
    {
      name: "no event where nothing is sent",
      options: { page: 0 },
      gets: { outcome: "invalid_argument", requests: 0, issue: "page", events: [] },
    },
    {
      name: "a response event tells the rate limit and the request's id, and no key",
      answers: [
        windows(
          { minute: { limit: 60, remaining: 7, reset: 20 } },
          { answer: { ...PAGE, headers: { "X-Request-Id": "request-7" } } },
        ),
      ],
      call: async ({ options }) => {
        const seen: ClientEvent[] = [];
        const onEvent = (event: ClientEvent) => {
          options.onEvent?.(event);
          seen.push(event);
        };
        const page = await listPhoneNumbers({ ...options, onEvent });
        const response = seen.find(({ type }) => type === "response");
        const told = JSON.stringify(response);
        for (const part of ['"requestId":"request-7"', '"remaining":7', `"resetAt":${START + 20_000}`]) {
          check(told.includes(part), `not in ${told}: ${part}`);
        }
        check(!JSON.stringify(seen).includes(SANDBOX_KEYS.company), "an event holds the key");
        return page;
      },
      gets: { outcome: "page" },
    },
    {
      name: "a listener that throws",
      answers: [{ status: 503 }, PAGE],
      options: {
        onEvent: () => {
          throw new Error("a listener's own");
        },
      },
      gets: { outcome: "page", requests: 2, ms: 250, events: twoAttempts, reported: 5 },
    },
    {
      name: "a listener that rejects",
      answers: [{ status: 503 }, PAGE],
      options: { onEvent: () => Promise.reject(new Error("a listener's own")) },
      gets: { outcome: "page", requests: 2, ms: 250, events: twoAttempts, reported: 5 },
    },
    {
      name: "a listener that never resolves",
      options: { onEvent: () => new Promise(() => {}) },
      gets: { outcome: "page", events: ["request 1", "response 1 200"] },
    },
    {
      name: "a listener that makes a call itself",
      answers: [PAGE, PAGE],
      call: async ({ client, clientOptions }) => {
        let nested: Promise<unknown> | undefined;
        const onEvent = (event: ClientEvent) => {
          clientOptions.onEvent?.(event);
          nested ??= client.listPhoneNumbers();
        };
        await new InstaViewClient({ ...clientOptions, onEvent }).listPhoneNumbers();
        return nested;
      },
      gets: { outcome: "page", requests: 2 },
    },
  ],
};
