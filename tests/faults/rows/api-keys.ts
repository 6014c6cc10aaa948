import { SANDBOX_KEYS } from "../../../www/sandbox/keys.ts";
import { type Group, type Moments, type Options, PAGE, type Row } from "../row.ts";

const never = () => new Promise<never>(() => {});
const sent = (key: string) => ({ authorization: `Bearer ${key}` });

/** Gives these, one at each call; a function is called. */
function inTurn(...given: (string | (() => unknown))[]): () => unknown {
  const left = [...given];
  return () => {
    const next = left.shift();
    return typeof next === "function" ? next() : next;
  };
}

/** A key that cannot be sent: nothing is. */
const refused = (name: string, apiKey: unknown, issue?: string): Row => ({
  name,
  options: { apiKey },
  gets: { outcome: "configuration", requests: 0, ...(issue !== undefined && { issue }) },
});

const unusable = (name: string, value: unknown): Row =>
  refused(`an apiKey function that gives ${name}`, () => value, "apiKey");

const throwing = (thrown: unknown) => () => {
  throw thrown;
};

export const apiKeys: Group = {
  title: "Keys",
  rows: [
    {
      name: "an apiKey function",
      options: { apiKey: () => SANDBOX_KEYS.company },
      gets: { outcome: "page", headers: sent(SANDBOX_KEYS.company) },
    },
    {
      name: "an async apiKey function",
      options: { apiKey: async () => SANDBOX_KEYS.company },
      gets: { outcome: "page", headers: sent(SANDBOX_KEYS.company) },
    },
    {
      name: "an apiKey function that gives a thenable",
      options: {
        // biome-ignore lint/suspicious/noThenProperty: that is what this row is about
        apiKey: () => ({ then: (resolve: (key: string) => void) => resolve(SANDBOX_KEYS.company) }),
      },
      gets: { outcome: "page", headers: sent(SANDBOX_KEYS.company) },
    },
    {
      name: "an apiKey function is called for every attempt",
      answers: [{ status: 503 }, { status: 503 }, PAGE],
      options: () => ({ apiKey: inTurn("sk_test_1", async () => "sk_test_2", "sk_test_3") }),
      gets: { outcome: "page", requests: 3, ms: 750, headers: sent("sk_test_3") },
    },
    refused("an apiKey function that throws", throwing(new Error("no vault"))),
    refused("an apiKey function that throws undefined", throwing(undefined)),
    refused("an apiKey function that rejects", () => Promise.reject(new Error("no vault"))),
    refused("an apiKey function that rejects with a string", () => Promise.reject("no vault")),
    unusable("undefined", undefined),
    unusable("a number", 7),
    unusable("an empty string", ""),
    unusable("a key with a newline", "sk_test_1\n"),
    unusable("a key with a space", "sk_test 1"),
    unusable("a key with a sign that is not ASCII", "sk_tést_1"),
    refused("a key with a newline", "sk_test_1\n", "apiKey"),
    {
      name: "an apiKey function that fails for the second attempt",
      answers: [{ status: 503 }],
      options: () => ({ apiKey: inTurn("sk_test_1", throwing(new Error("no vault"))) }),
      gets: { outcome: "configuration", ms: 250 },
    },
    {
      name: "an apiKey function that never settles",
      options: { apiKey: never, timeout: 1_000, maxRetries: 0 },
      during: async ({ at, passTime }: Moments) => {
        await at("key", 1);
        passTime();
      },
      gets: { outcome: "timeout", requests: 0, ms: 1_000 },
    },
    {
      name: "an apiKey function that never settles from the second attempt on",
      answers: [{ status: 503 }],
      options: (): Options => ({
        apiKey: inTurn("sk_test_1", never, never, never),
        timeout: 1_000,
        maxRetries: 1,
      }),
      during: async ({ at, passTime }: Moments) => {
        await at("key", 2);
        passTime();
      },
      gets: { outcome: "timeout", ms: 250 + 1_000 },
    },
    {
      name: "a key that the server doesn't know",
      options: { apiKey: "sk_test_unknown" },
      gets: { outcome: "authentication", status: 401 },
    },
    {
      name: "a key that is suspended",
      options: { apiKey: SANDBOX_KEYS.suspended },
      gets: { outcome: "permission", status: 403 },
    },
    {
      name: "a key without the scope",
      options: { apiKey: SANDBOX_KEYS.withoutScope },
      gets: { outcome: "permission", status: 403 },
    },
    {
      name: "an ATS key without a companyId",
      options: { apiKey: SANDBOX_KEYS.ats },
      gets: { outcome: "bad_request", status: 400 },
    },
  ],
};
