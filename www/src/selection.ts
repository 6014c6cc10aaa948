import type { PhoneNumber } from "instaview-phone-numbers";
import { FACETS } from "./facets.ts";
import { formatCountry } from "./format/countries.ts";
import { FILTERS, type Sort, type SortKey, type View } from "./view.ts";

/** The numbers that a view asks for, in its order. The API has no filters: this looks at what is loaded. */
export function select(numbers: readonly PhoneNumber[], { filters, search, sort }: View): PhoneNumber[] {
  const chosen = FILTERS.filter((name) => filters[name] !== "");
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const selected = numbers.filter(
    (number) =>
      chosen.every((name) => FACETS[name].matches(number, filters[name])) && hasWords(number, words),
  );
  return sort ? sorted(selected, sort) : selected;
}

/** Whether each word is somewhere in a number. Digits may be typed with spaces and brackets, as people write them. */
function hasWords(phoneNumber: PhoneNumber, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { number, location, id } = phoneNumber;
  const digits = words.join("").replace(/[\s().-]/g, "");
  if (/^\+?\d{2,}$/.test(digits) && number.includes(digits)) return true;
  const country = formatCountry(FACETS.country.read(phoneNumber));
  const text = fold(`${number} ${location ?? ""} ${country} ${id}`);
  return words.every((word) => text.includes(fold(word)));
}

/** Without accents, so that `kosice` finds Košice. */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

const SORT_VALUES: Record<SortKey, (phoneNumber: PhoneNumber) => string> = {
  number: ({ number }) => number,
  location: ({ location }) => location ?? "",
  type: FACETS.type.read,
  provider: FACETS.provider.read,
  status: FACETS.status.read,
  created: ({ createdAt }) => createdAt,
};

function sorted(numbers: PhoneNumber[], { by, descending }: Sort): PhoneNumber[] {
  const value = SORT_VALUES[by];
  return numbers.sort((a, b) => {
    const [first, second] = [value(a), value(b)];
    // Nothing comes after everything else, in both directions.
    if (first === "" || second === "") return Number(first === "") - Number(second === "");
    const order = first.localeCompare(second, "en", { numeric: by !== "created" });
    return descending ? -order : order;
  });
}

/** The part of a list that is on a page. */
export function pageOf<T>(items: readonly T[], page: number, limit: number): readonly T[] {
  return items.slice((page - 1) * limit, page * limit);
}
