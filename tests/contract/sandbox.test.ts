// Every answer of the sandbox, and of the fake one in the package, is what openapi.json says.
import { createFakeInstaView, type FakeInstaViewOptions } from "instaview-phone-numbers/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  ATS_COMPANIES,
  BEHAVIOURS,
  type BehaviourName,
  COMPANIES,
  ENVELOPES,
  SANDBOX_KEYS,
  type Sandbox,
  startSandbox,
} from "../../www/sandbox/index.ts";
import { alternativeOf, problemsOf } from "./document.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const withKey = (key: string) => ({ headers: { Authorization: `Bearer ${key}` } });

/** The status of an answer, and everything that it breaks of the document. */
async function check(response: Response) {
  const text = await response.text();
  return { status: response.status, problems: problemsOf(response, text) };
}
const get = (path: string, key: string = SANDBOX_KEYS.company) => fetch(sandbox.url + path, withKey(key));
const ask = async (path: string, key?: string) => check(await get(path, key));

/** Queries, and how each is answered. */
const queries: [query: string, status: number][] = [
  ["", 200],
  ["?page=1&limit=1", 200],
  ["?page=3&limit=100", 200],
  ["?page=10000&limit=100", 200],
  [`?companyId=${COMPANIES.large.id}`, 200],
  [`?companyId=${COMPANIES.small.id}`, 403],
  ["?page=0", 400],
  ["?page=0&limit=101&companyId=no", 400],
];

describe.each(ENVELOPES)("the envelope %s", (envelope) => {
  it.each(queries)("/phone-numbers%s", async (query, status) => {
    sandbox.envelope = envelope;
    expect(await ask(`/phone-numbers${query}`)).toEqual({ status, problems: [] });
  });

  it("is one of the documented ones", async () => {
    sandbox.envelope = envelope;
    const expected = {
      flat: "FlatPage",
      nested: "NestedPage",
      guide: "GuidePage",
      enveloped: "EnvelopedPage",
      "enveloped-nested": "EnvelopedPage",
    };
    expect(alternativeOf(await (await get("/phone-numbers")).json())).toBe(expected[envelope]);
  });
});

describe("keys", () => {
  it.each<[key: keyof typeof SANDBOX_KEYS, status: number]>([
    ["company", 200],
    ["otherCompany", 200],
    ["ats", 400],
    ["suspended", 403],
    ["withoutScope", 403],
  ])("%s: %i", async (key, status) => {
    expect(await ask("/phone-numbers", SANDBOX_KEYS[key])).toEqual({ status, problems: [] });
  });

  it.each(ATS_COMPANIES)("ats, with the company $name", async ({ id }) => {
    const path = `/phone-numbers?companyId=${id}`;
    expect(await ask(path, SANDBOX_KEYS.ats)).toEqual({ status: 200, problems: [] });
  });

  it("an unknown one, and none", async () => {
    expect(await ask("/phone-numbers", "sk_test_unknown")).toEqual({ status: 401, problems: [] });
    const response = await fetch(`${sandbox.url}/phone-numbers`);
    expect(await check(response)).toEqual({ status: 401, problems: [] });
  });
});

it.each(["/v1/phone-numbers", "/v1/public/phone-numbers"])("the path %s", async (path) => {
  expect(await ask(path)).toEqual({ status: 200, problems: [] });
});

it("a path that is not there", async () => {
  expect(await ask("/phone-number")).toEqual({ status: 404, problems: [] });
});

it.each([
  { minute: 2, hour: 1000 },
  { minute: 1000, hour: 2 },
])("rate limits of %j", async (rateLimit) => {
  const limited = await startSandbox({ rateLimit });
  const answers: object[] = [];
  for (let request = 0; request < 4; request++) {
    answers.push(await check(await fetch(`${limited.url}/phone-numbers`, withKey(SANDBOX_KEYS.company))));
  }
  await limited.close();
  expect(answers).toEqual([200, 200, 429, 429].map((status) => ({ status, problems: [] })));
});

/** Those that are there to break the contract, and how. The others keep it. */
const breaking: Partial<Record<BehaviourName, string[]>> = {
  html: ["the content type text/html is not documented"],
  malformed: expect.arrayContaining([
    "body/data/0 must have required property 'status'",
    "body/data/0/custom must be boolean",
  ]),
};
const answering = (Object.keys(BEHAVIOURS) as BehaviourName[]).filter(
  // Neither has an answer.
  (name) => name !== "cut" && name !== "silent",
);

it.each(answering)("the behaviour %s", async (name) => {
  sandbox.behaviour = { ...BEHAVIOURS[name].create(), latency: 0 };
  // Some differ from one answer to the next.
  for (const path of ["/phone-numbers", "/phone-numbers"]) {
    const { problems } = await ask(path);
    expect(problems).toEqual(breaking[name] ?? []);
  }
});

describe("the fake InstaView of the package", () => {
  const url = "https://api.instaview.sk/phone-numbers";
  const rateLimit = { minute: 3, hour: 100 };
  const answer = async (options: FakeInstaViewOptions, query: string, init = withKey("sk_test_any")) =>
    check(await createFakeInstaView({ rateLimit, ...options }).fetch(url + query, init));

  describe.each(["flat", "nested", "guide", "enveloped"] as const)("in the envelope %s", (envelope) => {
    it.each([
      ["", 200],
      ["?page=9&limit=7", 200],
      ["?limit=0", 400],
    ])("%s", async (query, status) => {
      expect(await answer({ envelope }, query)).toEqual({ status, problems: [] });
    });
  });

  it("refuses a request without a key", async () => {
    expect(await answer({}, "", { headers: { Authorization: "" } })).toEqual({ status: 401, problems: [] });
  });

  it("limits requests", async () => {
    const fake = createFakeInstaView({ rateLimit });
    for (const status of [200, 200, 200, 429]) {
      expect(await check(await fake.fetch(url, withKey("sk_test_any")))).toEqual({ status, problems: [] });
    }
  });
});

describe("what is not as documented is noticed", () => {
  const answer = async (change: (response: { status: number; headers: Headers }, text: string) => string) => {
    const response = await get("/phone-numbers?limit=2");
    const changed = { status: response.status, headers: new Headers(response.headers) };
    const text = change(changed, await response.text());
    return problemsOf(changed, text);
  };

  it.each<[what: string, problem: string, change: Parameters<typeof answer>[0]]>([
    [
      "a status",
      "the status 418 is not documented",
      (response, text) => {
        response.status = 418;
        return text;
      },
    ],
    [
      "a header that is missing",
      "X-RateLimit-Reset-Hour is missing",
      ({ headers }, text) => {
        headers.delete("X-RateLimit-Reset-Hour");
        return text;
      },
    ],
    [
      "a header that is no integer",
      "X-RateLimit-Limit-Minute must be integer",
      ({ headers }, text) => {
        headers.set("X-RateLimit-Limit-Minute", "many");
        return text;
      },
    ],
    ["a body that is cut off", "the body is not JSON", (_, text) => text.slice(0, -1)],
    [
      "an identifier",
      'body/data/0/id must match format "uuid"',
      (_, text) => text.replace('"id":"', '"id":"x'),
    ],
    ["a count", "body/total must be >= 0", (_, text) => text.replace(/"total":\d+/, '"total":-1')],
    [
      "a time",
      'body/data/1/updatedAt must match format "date-time"',
      (_, text) => text.replace(/(.*)"updatedAt":"/, '$1"updatedAt":"on '),
    ],
  ])("%s", async (_, problem, change) => {
    expect(await answer(change)).toContain(problem);
  });
});
