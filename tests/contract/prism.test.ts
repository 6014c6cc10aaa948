// The built package against Prism, which knows openapi.json alone: it accepts each request of the package, and the package
// understands whatever the document allows as an answer.
import {
  findPhoneNumber,
  InstaViewError,
  type ListPhoneNumbersOptions,
  listAllPhoneNumbers,
  listPhoneNumbers,
} from "instaview-phone-numbers";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { rejection } from "../package/sandbox.ts";
import { amount, seed } from "./amount.ts";
import { ALTERNATIVES, alternativeOf, problemsOf, statuses } from "./document.ts";
import { type Prism, startPrism } from "./prism.ts";

vi.setConfig({ testTimeout: 300_000 });

let prism: Prism;
beforeAll(async () => {
  prism = await startPrism();
}, 30_000);
afterAll(() => prism.close());

// biome-ignore lint/suspicious/noExplicitAny: one of several shapes, which the document's validator has checked.
type Body = any;

/** The options of calls that Prism answers as they prefer, and its last answer, which is a documented one. */
function calls(preference: string, change = (text: string) => text) {
  let body: Body;
  let headers = new Headers();
  const options: ListPhoneNumbersOptions = {
    apiKey: "sk_test_any",
    baseUrl: prism.url,
    maxRetries: 0,
    headers: { Prefer: preference },
    async fetch(url, init) {
      const response = await fetch(url, init);
      const text = await response.text();
      expect(problemsOf(response, text)).toEqual([]);
      body = JSON.parse(text);
      headers = response.headers;
      return new Response(change(text), response);
    },
  };
  return { options, body: () => body, headers: () => headers };
}

/** So many random answers, other ones with another seed. */
const randomly = (count: number) => Array.from({ length: count }, (_, index) => `seed=${seed + index}`);

/** The page in a body, read without the package. */
function pageIn(body: Body): Body {
  if (Array.isArray(body.items)) return { data: body.items, ...body.pagination };
  return Array.isArray(body.data) ? body : pageIn(body.data);
}

function expectedPage(body: Body) {
  const { data, total, page, limit, totalPages } = pageIn(body);
  return { data, total, page, limit, totalPages, hasNextPage: page < totalPages };
}

const types: Record<number, InstaViewError["type"]> = {
  400: "bad_request",
  401: "authentication",
  403: "permission",
  404: "not_found",
  409: "http",
  422: "bad_request",
  429: "rate_limit",
  500: "server",
  502: "server",
  503: "server",
  504: "server",
};

/** Expects the error for an answer. */
function expectErrorOf(error: unknown, status: number, body: Body, headers = new Headers()) {
  expect(error).toBeInstanceOf(InstaViewError);
  const { type, code, messages, details, attempts, retryAfter, ...rest } = error as InstaViewError;
  const seconds = [headers.get("Retry-After"), body.retryAfter].map((value) => Number(value ?? 0));
  const documented = [body.error.message ?? body.message].flat();
  expect({ status: rest.status, type, code, messages, details, attempts, retryAfter }).toEqual({
    status,
    type: types[status] ?? "http",
    code: body.error.code,
    // An empty list leaves the status in words.
    messages: documented.length > 0 ? documented : [body.error],
    details: body.error.details,
    attempts: 1,
    retryAfter: status === 429 ? Math.max(...seconds) * 1000 : undefined,
  });
}

async function expectError(preference: string, status: number) {
  const { options, body, headers } = calls(preference);
  expectErrorOf(await rejection(listPhoneNumbers(options)), status, body(), headers());
}

it("random answers are pages in each envelope, or errors", async () => {
  const seen = new Map<string | undefined, number>();
  for (const preference of randomly(amount(500, 60))) {
    const { options, body } = calls(preference);
    const params = { page: 3, limit: 100, companyId: "a94d7e60-1b35-4c8f-8d12-5e6f09b3c7d8" };
    const result = await listPhoneNumbers({ ...options, ...params }).catch((error: unknown) => error);
    const alternative = alternativeOf(body());
    seen.set(alternative, (seen.get(alternative) ?? 0) + 1);
    if (alternative === "ApiError") {
      expectErrorOf(result, 200, body());
    } else {
      expect(result, `${preference}: ${alternative}`).toEqual(expectedPage(body()));
    }
  }
  console.log(`random answers: ${[...seen].map(([name, count]) => `${count} × ${name}`).join(", ")}`);
  expect([...seen.keys()].sort()).toEqual([...ALTERNATIVES].sort());
});

it("finds a number in random answers", async () => {
  let found = 0;
  for (const preference of randomly(amount(200, 30))) {
    // A listing refuses a page that it did not request, and Prism makes the number up.
    const { options, body } = calls(preference, (text) => text.replace(/"page":\d+/, '"page":1'));
    const first = findPhoneNumber({ where: () => true }, options);
    // Where the page is empty, the listing would go on.
    const error = await first.then(
      () => undefined,
      (error: unknown) => error,
    );
    if (alternativeOf(body()) === "ApiError") {
      expectErrorOf(error, 200, body());
      continue;
    }
    const { data } = pageIn(body());
    if (data.length === 0) continue;
    found += 1;
    expect(await first).toEqual(data[0]);
    const { id } = data.at(-1);
    expect(await findPhoneNumber({ where: (number) => number.id === id }, options)).toEqual(data.at(-1));
  }
  expect(found).toBeGreaterThan(0);
});

const examples = ["flat", "nested", "guide", "enveloped"];

it.each(examples)("the documentation's example %s is listed", async (name) => {
  const { options, body } = calls(`example=${name}`);
  expect(await listPhoneNumbers(options)).toEqual(expectedPage(body()));
});

it.each(["flat", "enveloped"])("the documentation's example %s is found", async (name) => {
  const { options, body } = calls(`example=${name}`);
  const number = await findPhoneNumber({ capability: "OUTBOUND", status: "AVAILABLE" }, options);
  const { data } = pageIn(body());
  expect(number).toEqual(data[0]);
  expect(await listAllPhoneNumbers(options).toArray()).toEqual(data);
});

it.each(["nested", "guide"])(
  "the documentation's example %s, a second page, is not a first one",
  async (name) => {
    const error = await rejection(findPhoneNumber({}, calls(`example=${name}`).options));
    const issues = [{ path: "page", expected: "1", received: "2" }];
    expect(error).toMatchObject({ type: "listing_changed", issues });
  },
);

it("the example of an error with the status 200 is one", () => expectError("example=unsuccessful", 200));

const failures = statuses.filter((status) => status !== 200);

it.each(failures)("random answers of the status %i are errors", async (status) => {
  for (const preference of randomly(amount(50, 5)))
    await expectError(`code=${status}, ${preference}`, status);
});

it.each([400, 401, 429])("the documentation's example of the status %i is an error", async (status) => {
  await expectError(`code=${status}, example=${status === 401 ? "api" : "nest"}`, status);
});

it("a call without a key is refused", async () => {
  const error = await rejection(listPhoneNumbers({ baseUrl: prism.url }));
  expect(error).toMatchObject({ type: "authentication", status: 401, code: "INVALID_API_KEY" });
});
