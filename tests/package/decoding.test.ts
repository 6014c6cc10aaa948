import { deepStrictEqual } from "node:assert";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isInstaViewError, listPhoneNumbers } from "instaview-phone-numbers";
import { expect, it, vi } from "vitest";
import { inEnvelope } from "../../pkg-template/src/testing/envelopes.ts";
import { COMPANIES } from "../../www/sandbox/index.ts";
import { readPage } from "./plain-page.ts";

// Thousands of calls in some tests.
vi.setConfig({ testTimeout: 120_000 });

const phoneNumbers = COMPANIES.large.phoneNumbers;
const counts = { total: 3, page: 1, limit: 3, totalPages: 1 };
const now = Date.UTC(2025, 0, 1);
const encode = (text: string) => new TextEncoder().encode(text);

/** What the package makes of a body: a page, or nothing where it says that there is none. */
async function listed(bytes: Uint8Array, validation: "strict" | "lenient"): Promise<unknown> {
  try {
    const fetch = async () => new Response(bytes as BodyInit);
    return await listPhoneNumbers({ baseUrl: "https://example.com", maxRetries: 0, validation, fetch });
  } catch (error) {
    if (!isInstaViewError(error) || !["invalid_response", "http"].includes(error.type)) throw error;
    return undefined;
  }
}

/**
 * The package and the plain reading make the same of the body: the same values in the same order, or nothing. Whether
 * it is a page where phone numbers may break the contract.
 */
async function check(
  body: string | Uint8Array,
  validation: "strict" | "lenient" = "lenient",
): Promise<boolean> {
  const bytes = typeof body === "string" ? encode(body) : body;
  const [actual, expected] = [await listed(bytes, validation), readPage(bytes, validation)];
  try {
    deepStrictEqual(actual, expected);
    expect(JSON.stringify(actual)).toBe(JSON.stringify(expected));
  } catch (error) {
    throw new Error(new TextDecoder().decode(bytes), { cause: error });
  }
  return actual !== undefined;
}

/** Three numbers, with everything that JSON has. */
const short = {
  ...{ id: "1", number: "+4", companyId: "é", capabilities: "", custom: true, provider: "TWILIO" },
  ...{ status: "s", numberType: "t", createdAt: "c", updatedAt: "u" },
};
const numbers = [
  { ...short, location: "New York, US" },
  { ...short, location: 'Š "😀"\n', new: { a: "O₂", b: [1.5e3, null, -0] } },
  { ...short, custom: false, location: null },
];
const page = JSON.stringify({ data: numbers, ...counts });

it("what the fuzzer keeps of all that it has tried", async () => {
  const seeds = join(import.meta.dirname, "..", "fuzz", "seeds", "decode");
  const names = readdirSync(seeds);
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) await check(readFileSync(join(seeds, name)));
});

it("every prefix of a page", async () => {
  const bytes = encode(page);
  for (let length = 0; length < bytes.length; length++)
    expect(await check(bytes.slice(0, length))).toBe(false);
});

it("every byte of a page flipped", async () => {
  const bytes = encode(page);
  let found = 0;
  for (let index = 0; index < bytes.length; index++) {
    for (const flip of [1, 8, 32, 128]) {
      const flipped = bytes.slice();
      flipped[index] = (flipped[index] as number) ^ flip;
      if (await check(flipped)) found++;
    }
  }
  expect(found).toBeGreaterThan(100);
});

it("every envelope, its members in every order", async () => {
  const envelopes = ["flat", "nested", "guide", "enveloped", "enveloped-nested"] as const;
  for (const envelope of envelopes) {
    const body = inEnvelope(envelope, { data: phoneNumbers.slice(0, 3), ...counts }, now);
    const rotated = (value: unknown, by: number): unknown => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
      const members = Object.entries(value).map(([name, inner]) => [name, rotated(inner, by)]);
      return Object.fromEntries([
        ...members.slice(by % members.length),
        ...members.slice(0, by % members.length),
      ]);
    };
    for (let by = 0; by < 6; by++) expect(await check(JSON.stringify(rotated(body, by)))).toBe(true);
  }
});

it("members that appear twice", async () => {
  const values = ["[]", "[7]", "{}", "7", "null", `{"data":[],${JSON.stringify(counts).slice(1)}`];
  const rest = JSON.stringify(counts).slice(1);
  for (const first of values) {
    for (const second of values) {
      for (const [one, two] of [
        ["data", "data"],
        ["data", "items"],
        ["items", "data"],
        ["pagination", "data"],
        ["data", "d\\u0061ta"],
        ["__proto__", "data"],
        ["data", "__proto__"],
      ]) {
        await check(`{"${one}":${first},"${two}":${second},${rest}`);
        await check(`{"success":true,"data":{"${one}":${first},"${two}":${second},${rest}}`);
        await check(`{${rest.slice(0, -1)},"total":9,"${one}":${first},"total":5,"${two}":${second}}`);
      }
    }
  }
});

const number = JSON.stringify(phoneNumbers[0]);
const withMember = (member: string) => `${number.slice(0, -1)},${member}}`;
const inPage = (...elements: string[]) => `{"data":[${elements}],${JSON.stringify(counts).slice(1)}`;

it.each([
  ["a member that is not documented", withMember('"a":{"b":[1,"\\n"]}'), true],
  ["many of them, and white space", withMember('"a" : 1 ,\n"b":2\t, "c" :"}"  '), true],
  ["a name with escapes", withMember('"\\u0041\\"":"\\u0041"'), true],
  ["an index for a name", withMember('"7":1,"3":2'), true],
  ["__proto__", withMember('"__proto__":{"custom":1}'), true],
  ["__proto__ with an escape", withMember('"__\\u0070roto__":null'), true],
  ["a documented member twice", withMember('"id":"second"'), true],
  ["a documented member twice, the last of another type", withMember('"id":7'), true],
  ["a documented member twice, the last with an escape", withMember('"\\u0069d":7'), true],
  ["another order", number.replace(/("id":"[^"]*"),("number":"[^"]*")/, "$2,$1"), true],
  ["a member between", number.replace('"number"', '"new":1,"number"'), true],
  ["an escape in a name", number.replace('"number"', '"n\\u0075mber"'), true],
  ["lone surrogates", withMember('"a":"\\ud800","b":"\\udc00\\ud800"'), true],
  ["a lone surrogate as a name", withMember('"\\ud800":1'), true],
  ["a lone surrogate as a value", number.replace(/"status":"[^"]*"/, '"status":"\\uDEAD"'), true],
  ["huge numbers", withMember(`"a":1e999,"b":-${"9".repeat(500)},"c":0.${"1".repeat(500)}e-999`), true],
  ["empty strings", number.replace(/"(id|status)":"[^"]*"/g, '"$1":""'), true],
  ["control characters as escapes", number.replace(/"status":"[^"]*"/, '"status":"\\u0000\\b\\t"'), true],
  ["a control character", number.replace(/"status":"[^"]*"/, '"status":"\t"'), false],
  ["U+2028 and U+007F", number.replace(/"status":"[^"]*"/, '"status":"\u2028\u007f"'), true],
])("a number with %s", async (_, element, isJson) => {
  await check(inPage(element), "strict");
  expect(await check(inPage(element))).toBe(isJson);
  expect(await check(inPage(number, element, number, element, element))).toBe(isJson);
});

it("numbers of every width, one after another", async () => {
  const widths = ["", "a", "é", "東京", "😀", "é\\n", "12345678", "1234567é", "123456\\u00e9"];
  for (const before of widths) {
    for (const after of widths) {
      const element = (text: string) => number.replace(/"(number|provider)":"[^"]*"/g, `"$1":"${text}"`);
      expect(await check(inPage(element(before), element(after), element(after), element(before)))).toBe(
        true,
      );
    }
  }
});

it("white space wherever it may be, and elsewhere", async () => {
  expect(await check(JSON.stringify(JSON.parse(page), null, 2))).toBe(true);
  expect(await check(JSON.stringify(JSON.parse(page), null, "\t").replaceAll("\n", "\r\n"))).toBe(true);
  for (const space of [" ", "\n\t", "\u00a0", "\u0000", "\ufeff"]) {
    for (let index = 0; index <= page.length; index++)
      await check(page.slice(0, index) + space + page.slice(index));
  }
});

it("counts as JavaScript reads them", async () => {
  for (const count of [
    ..."0,-0,3.0,3e0,30e-1,1.5,-1,1e999,9007199254740991,9007199254740992,9007199254740991.0,0.3e1".split(
      ",",
    ),
    ...'00,1.,.5,+1,"3",null,true,[],{},NaN,0x10,1e,123456789012345,1234567890123456,12345678901234567'.split(
      ",",
    ),
  ]) {
    await check(`{"data":[],"total":${count},"page":1,"limit":1,"totalPages":${count}}`);
    await check(`{"data":[],"pagination":{"total":1,"page":${count},"limit":1,"totalPages":2}}`);
  }
});

it("nesting up to its limit, and a page at the limit", async () => {
  const nested = (depth: number) => `${'{"a":['.repeat(depth / 2)}${"]}".repeat(depth / 2)}`;
  expect(await check(inPage(withMember(`"a":${nested(124)}`)))).toBe(true);
  expect(await listed(encode(inPage(withMember(`"a":${nested(126)}`))), "strict")).toBeUndefined();
});

it("bytes that are not UTF-8, and byte order marks", async () => {
  const bytes = encode(page);
  for (const wrong of [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0x80]]) {
    for (const index of [0, 20, page.indexOf("Ko"), bytes.length]) {
      await check(Uint8Array.from([...bytes.slice(0, index), ...wrong, ...bytes.slice(index)]));
    }
  }
  expect(await check(`\ufeff${page}`)).toBe(true);
  expect(await check(`\ufeff\ufeff${page}`)).toBe(false);
});

it("whatever sits on Object.prototype", () => {
  const elements = [
    number,
    JSON.stringify({ ...phoneNumbers[1], location: undefined }),
    withMember('"a":1'),
    number,
  ];
  const bytes = encode(inPage(...elements));
  const script = fileURLToPath(new URL("polluted.mjs", import.meta.url));
  const output = execFileSync(process.execPath, [script], { input: bytes, encoding: "utf8" });
  expect(output).toBe(JSON.stringify({ page: readPage(bytes, "strict"), assigned: 0 }));
});

it("calls at once do not disturb each other", async () => {
  const bodies = phoneNumbers
    .slice(0, 50)
    .map((number) => inPage(JSON.stringify(number), withMember('"a":"é"')));
  const pages = await Promise.all(bodies.map((body) => listed(encode(body), "strict")));
  deepStrictEqual(
    pages,
    bodies.map((body) => readPage(encode(body), "strict")),
  );
});

it("names the byte at which the JSON goes wrong", async () => {
  const fetch = async () => new Response('\ufeff{"data":[1,]}');
  const call = listPhoneNumbers({ baseUrl: "https://example.com", maxRetries: 0, fetch });
  await expect(call).rejects.toThrow("not valid JSON: see byte 14");
});
