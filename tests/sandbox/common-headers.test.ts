import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { SANDBOX_KEYS, type Sandbox, startSandbox } from "../../www/sandbox/index.ts";
import { get } from "./client.ts";

const NOW = Date.UTC(2031, 4, 6, 7, 8, 9);
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ now: () => NOW });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

function preflight() {
  return fetch(`${sandbox.url}/phone-numbers`, {
    method: "OPTIONS",
    headers: {
      Origin: "https://dashboard.example",
      "Access-Control-Request-Method": "GET",
      "Access-Control-Request-Headers": "accept,authorization,x-custom",
    },
  });
}

const answers: [string, () => Promise<Response>][] = [
  ["a page", () => get(`${sandbox.url}/phone-numbers`)],
  ["an error", () => get(`${sandbox.url}/phone-numbers?page=0`)],
  ["an unauthorized answer", () => fetch(`${sandbox.url}/phone-numbers`)],
  ["an unknown path", () => get(`${sandbox.url}/nowhere`)],
  ["a preflight", preflight],
  [
    "a scripted answer",
    () => {
      sandbox.answerNext({ status: 503 });
      return get(`${sandbox.url}/phone-numbers`);
    },
  ],
];

describe.each(answers)("%s", (_, answer) => {
  test("has an X-Request-Id of its own", async () => {
    const first = (await answer()).headers.get("X-Request-Id");
    const second = (await answer()).headers.get("X-Request-Id");
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).not.toBe(first);
  });

  test("has the Date of the sandbox's clock", async () => {
    expect((await answer()).headers.get("Date")).toBe("Tue, 06 May 2031 07:08:09 GMT");
  });

  test("can be read by any origin, with its headers", async () => {
    const { headers } = await answer();
    expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(headers.get("Access-Control-Expose-Headers")?.split(", ")).toEqual([
      "X-RateLimit-Limit-Minute",
      "X-RateLimit-Remaining-Minute",
      "X-RateLimit-Reset-Minute",
      "X-RateLimit-Limit-Hour",
      "X-RateLimit-Remaining-Hour",
      "X-RateLimit-Reset-Hour",
      "Retry-After",
      "X-Request-Id",
      "Date",
    ]);
  });
});

test("a preflight allows the headers that the browser asks for", async () => {
  const response = await preflight();
  expect(response.status).toBe(204);
  expect(response.headers.get("Access-Control-Allow-Methods")).toBe("GET");
  expect(response.headers.get("Access-Control-Allow-Headers")).toBe("accept,authorization,x-custom");
});

test("a preflight doesn't count for the rate limit", async () => {
  await preflight();
  const response = await get(`${sandbox.url}/phone-numbers`, SANDBOX_KEYS.company);
  expect(response.headers.get("X-RateLimit-Remaining-Minute")).toBe("59");
});
