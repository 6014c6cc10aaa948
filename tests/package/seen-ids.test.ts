import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SeenIds } from "../../pkg-template/src/seen-ids.ts";

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");

/** So many letters that are no digits. */
const letters = (value: number, count: number) =>
  value
    .toString(20)
    .padStart(count, "0")
    .replaceAll(/./g, (digit) => String.fromCharCode(103 + Number.parseInt(digit, 20)));

/** Ids that differ in one place only, or in two alike. */
const series: [string, (index: number) => string][] = [
  ["the first word", (index) => `${hex(index, 8)}-0000-4000-8000-000000000000`],
  ["the second word", (index) => `00000000-${hex(index, 4)}-4000-8000-000000000000`],
  ["the third word", (index) => `00000000-0000-4000-${hex(index, 4)}-000000000000`],
  ["the last word", (index) => `00000000-0000-0000-0000-${hex(index, 12)}`],
  ["the first and the last word", (index) => `${hex(index, 8)}-0000-4000-8000-0000${hex(index, 8)}`],
  ["upper case", (index) => `${hex(index, 8)}-0000-4000-8000-00000000000A`],
  ["what is no UUID", (index) => `number ${index}`],
  ["what stands before a UUID", (index) => `${letters(index, 4)}00000000-0000-4000-8000-000000000000`],
  ["what follows a UUID", (index) => `00000000-0000-4000-8000-000000000000${letters(index, 4)}`],
  ["a first group of letters", (index) => `${letters(index, 8)}-0000-4000-8000-000000000000`],
  ["a group of letters", (index) => `10000000-${letters(index, 4)}-gggg-gggg-000000000000`],
  ["a last group of letters", (index) => `00000000-0000-4000-8000-gggggggg${letters(index, 4)}`],
  ["a group that is too short", (index) => `0-0000-4000-8000-0${hex(index % 16, 1)}${hex(index >> 4, 10)}`],
  ["groups that are too short", (index) => `10000000-0-0-0-${hex(index, 4)}00000000`],
  ["groups that are too few", (index) => `00000000-0000-0000${hex(index % 16, 1)}${hex(index >> 4, 7)}`],
];

describe("the ids that were given", () => {
  it.each(series)("are told apart by %s", (_, id) => {
    const seen = new SeenIds();
    const ids = Array.from({ length: 5000 }, (_, index) => id(index));
    expect(ids.every((id) => seen.add(id))).toBe(true);
    expect(ids.some((id) => seen.add(id))).toBe(false);
  });

  it("are told apart by each of their digits", () => {
    const id = "11111111-1111-4111-8111-111111111111";
    const others = Array.from(id, (digit, index) =>
      digit === "-" ? id : `${id.slice(0, index)}2${id.slice(index + 1)}`,
    );
    const ids = new Set(others);
    expect(ids.size).toBe(33);
    const seen = new SeenIds();
    expect([...ids].every((id) => seen.add(id))).toBe(true);
  });

  it("are those that a Set would have", () => {
    const digit = fc.constantFrom("0", "1", "f", "F");
    const id = fc.array(digit, { minLength: 4, maxLength: 4 }).map(([a, b, c, d]) => {
      return `0000000${a}-000${b}-0000-000${c}-00000000000${d}`;
    });
    const property = fc.property(
      fc.array(fc.oneof(id, fc.uuid(), fc.string()), { maxLength: 2000 }),
      (ids) => {
        const [seen, set] = [new SeenIds(), new Set<string>()];
        for (const id of ids) {
          expect(seen.add(id)).toBe(!set.has(id));
          set.add(id);
        }
      },
    );
    fc.assert(property);
  });
});
