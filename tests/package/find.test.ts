import {
  findPhoneNumber,
  InstaViewClient,
  type PhoneNumberCriteria,
  supportsCapability,
} from "instaview-phone-numbers";
import { describe, expect, it, vi } from "vitest";
import { COMPANIES, SANDBOX_KEYS } from "../../www/sandbox/index.ts";
import { rejection, useSandbox } from "./sandbox.ts";

const server = useSandbox();
const { large, empty } = COMPANIES;
const urls = () => server.sandbox.requests.map(({ url }) => url);

describe("findPhoneNumber", () => {
  const criteria: [PhoneNumberCriteria, (number: (typeof large.phoneNumbers)[number]) => boolean][] = [
    [{}, () => true],
    [{ capability: "OUTBOUND" }, (number) => supportsCapability(number, "OUTBOUND")],
    [{ capability: "INBOUND" }, (number) => supportsCapability(number, "INBOUND")],
    [{ capability: "INBOUND_OUTBOUND" }, ({ capabilities }) => capabilities === "INBOUND_OUTBOUND"],
    [{ status: "IN_USE" }, ({ status }) => status === "IN_USE"],
    [{ provider: "TELNYX" }, ({ provider }) => provider === "TELNYX"],
    [{ numberType: "MOBILE" }, ({ numberType }) => numberType === "MOBILE"],
    [{ custom: true }, ({ custom }) => custom],
    [{ custom: false, status: "PENDING" }, ({ custom, status }) => !custom && status === "PENDING"],
    [{ where: ({ location }) => location === "東京, JP" }, ({ location }) => location === "東京, JP"],
    [
      { capability: "OUTBOUND", status: "AVAILABLE", provider: "VONAGE", numberType: "LOCAL", custom: true },
      (number) =>
        supportsCapability(number, "OUTBOUND") &&
        number.status === "AVAILABLE" &&
        number.provider === "VONAGE" &&
        number.numberType === "LOCAL" &&
        number.custom,
    ],
  ];

  it.each(criteria)("finds the first by %o", async (criteria, matches) => {
    const expected = large.phoneNumbers.find(matches);
    expect(await findPhoneNumber(criteria, server.options)).toStrictEqual(expected);
    expect(expected).toBeDefined();
  });

  it("stops asking once it is found", async () => {
    const third = large.phoneNumbers[25];
    const options = { ...server.options, limit: 10 };
    expect(await findPhoneNumber({ where: ({ id }) => id === third?.id }, options)).toStrictEqual(third);
    expect(urls()).toEqual([1, 2, 3].map((page) => `/phone-numbers?page=${page}&limit=10`));
    await findPhoneNumber({}, { ...options, concurrency: 10 });
    expect(urls()).toHaveLength(4);
  });

  it("notices that the listing changes, where it is to be strict", async () => {
    const { number } = large.phoneNumbers[0] ?? {};
    server.sandbox.answerNext({
      body: { data: large.phoneNumbers.slice(0, 10), total: 9, page: 1, limit: 10, totalPages: 24 },
    });
    const options = { ...server.options, limit: 10, consistency: "strict" } as const;
    const error = await rejection(
      findPhoneNumber({ where: (other) => other.number === `${number}0` }, options),
    );
    expect(error).toMatchObject({ type: "listing_changed", issues: [{ path: "total" }] });
  });

  it("gives undefined where there is none", async () => {
    expect(await findPhoneNumber({ provider: "NOBODY" }, server.options)).toBeUndefined();
    expect(urls()).toHaveLength(3);
    const client = new InstaViewClient({ ...server.options, apiKey: SANDBOX_KEYS.ats });
    expect(await client.findPhoneNumber({}, { companyId: empty.id })).toBeUndefined();
  });

  it.each([
    [{ capability: 5 }, { path: "capability", expected: "a string", received: "5" }],
    [{ status: null }, { path: "status", expected: "a string", received: "null" }],
    [{ provider: ["TWILIO"] }, { path: "provider", expected: "a string", received: "an array" }],
    [{ numberType: false }, { path: "numberType", expected: "a string", received: "false" }],
    [{ custom: "true" }, { path: "custom", expected: "a boolean", received: '"true"' }],
    [{ where: "id" }, { path: "where", expected: "a function", received: '"id"' }],
    [{ capabilities: "INBOUND" }, { path: "capabilities", received: "an unknown name" }],
    [undefined, { path: "criteria", expected: "a plain object", received: "undefined" }],
    [null, { path: "criteria", expected: "a plain object", received: "null" }],
    [(number: object) => number, { path: "criteria", expected: "a plain object", received: "a function" }],
  ])("refuses %o", async (criteria, issue) => {
    const error = await rejection(findPhoneNumber(criteria as never, server.options));
    expect(error).toMatchObject({ type: "invalid_argument", issues: [issue], attempts: 0 });
    expect(urls()).toEqual([]);
  });

  it("fails with what `where` throws", async () => {
    const thrown = new Error("where");
    const where = () => {
      throw thrown;
    };
    expect(await rejection(findPhoneNumber({ where }, { ...server.options, concurrency: 2 }))).toBe(thrown);
    expect(urls()).toHaveLength(1);
  });

  it.each([async () => false, () => Promise.reject(new Error("late"))])(
    "refuses a `where` that promises: it would match everything",
    async (where) => {
      const unhandled = vi.fn();
      process.prependListener("unhandledRejection", unhandled);
      const error = await rejection(findPhoneNumber({ where: where as never }, server.options));
      expect(error).toMatchObject({
        type: "invalid_argument",
        issues: [{ path: "where", received: "a promise" }],
      });
      await new Promise(setImmediate);
      process.off("unhandledRejection", unhandled);
      expect(unhandled).not.toHaveBeenCalled();
    },
  );

  it("takes what `where` gives as true or false", async () => {
    const where = ({ location }: { location?: string | null }) => location as never;
    const located = large.phoneNumbers.find(({ location }) => location);
    expect(await findPhoneNumber({ where }, server.options)).toStrictEqual(located);
  });

  it.each([null, undefined, 0, ""])("takes %o from `where` for false", async (result) => {
    expect(await findPhoneNumber({ where: () => result as never }, server.options)).toBeUndefined();
  });

  it("finds no phone number in what is none, whatever is looked for", async () => {
    const number = large.phoneNumbers[0];
    server.sandbox.answerNext({
      body: { data: [5, "text", true, number], total: 4, page: 1, limit: 100, totalPages: 1 },
    });
    const options = { ...server.options, validation: "lenient" } as const;
    expect(await findPhoneNumber({}, options)).toStrictEqual(number);
  });

  it("says what `where` has to give", async () => {
    const error = await rejection(findPhoneNumber({ where: (async () => true) as never }, server.options));
    expect(error).toMatchObject({
      issues: [{ path: "where", expected: "a function that gives a boolean", received: "a promise" }],
    });
  });

  it("passes over what is no phone number, where the validation is lenient", async () => {
    const number = large.phoneNumbers[0];
    server.sandbox.answerNext({
      body: { data: [null, 5, "OUTBOUND", [], number], total: 5, page: 1, limit: 100, totalPages: 1 },
    });
    const options = { ...server.options, validation: "lenient" } as const;
    expect(await findPhoneNumber({ where: ({ id }) => id === number?.id }, options)).toStrictEqual(number);
  });
});
