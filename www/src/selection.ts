import type { Entry, Values } from "./entry.ts";
import { COLLATOR, type Counts, FACETS } from "./facets.ts";
import { searcher } from "./search.ts";
import { FILTERS, type Filter, type SortKey, type View } from "./view.ts";

/** What a view asks for, of the numbers that are loaded. The API has no filters. */
export interface Selection {
  /** In the view's order. */
  entries: readonly Entry[];
  /** Of each filter's values: how many numbers they would leave, with the search and the other filters as they are. */
  counts: Record<Filter, Counts>;
  /** Every value that there is, whatever is filtered. */
  values: Record<Filter, ReadonlySet<string>>;
}

/** Selects, and does again only what another view needs: turning a page needs nothing. */
export function createSelector(): (entries: readonly Entry[], view: View) => Selection {
  const values = memoized((entries: readonly Entry[]) => {
    const combinations = [...new Set(entries.map(({ values }) => values))];
    return byFilter((name): ReadonlySet<string> => new Set(combinations.flatMap((values) => values[name])));
  });
  const order = memoized(sorted);
  const narrowing = memoized(narrow);
  return (entries, { filters, search, sort }) => ({
    ...narrowing(order(entries, sort?.by, sort?.descending), filters, search),
    values: values(entries),
  });
}

function memoized<A extends unknown[], R>(compute: (...given: A) => R): (...given: A) => R {
  let last: { given: A; result: R } | undefined;
  return (...given) => {
    if (!last || given.some((value, index) => value !== last?.given[index])) {
      last = { given, result: compute(...given) };
    }
    return last.result;
  };
}

/**
 * What the search and the filters leave, and what other choices would. Few combinations of values are all that many numbers
 * have: each is counted, and held against the filters once.
 */
function narrow(entries: readonly Entry[], filters: View["filters"], search: string) {
  const isFound = searcher(search);
  const chosen = FILTERS.filter((name) => filters[name] !== undefined);
  const combinations = new Map<Values, { count: number; against: readonly Filter[] }>();
  const selected: Entry[] = [];
  for (const entry of entries) {
    if (!isFound(entry)) continue;
    const { values } = entry;
    let combination = combinations.get(values);
    if (!combination) {
      combination = {
        count: 0,
        against: chosen.filter((name) => !values[name].includes(filters[name] ?? "")),
      };
      combinations.set(values, combination);
    }
    combination.count++;
    if (combination.against.length === 0) selected.push(entry);
  }

  const counts = byFilter(() => new Map<string, number>());
  for (const [values, { count, against }] of combinations) {
    const [first, ...others] = against;
    // Another choice in the only filter that it does not match would show it.
    const countedBy = first === undefined ? FILTERS : others.length === 0 ? [first] : [];
    for (const name of countedBy) {
      for (const value of values[name]) counts[name].set(value, (counts[name].get(value) ?? 0) + count);
    }
  }
  return { entries: selected, counts };
}

function byFilter<T>(make: (name: Filter) => T): Record<Filter, T> {
  return Object.fromEntries(FILTERS.map((name) => [name, make(name)])) as Record<Filter, T>;
}

function sorted(entries: readonly Entry[], by: SortKey | undefined, descending = false): readonly Entry[] {
  if (!by) return entries;
  const value = SORT_VALUES[by];
  const order =
    by === "number" || by === "created" ? compareTexts : wordOrder(by, new Set(entries.map(value)));
  return entries.toSorted((a, b) => {
    const [first, second] = [value(a), value(b)];
    // Nothing comes after everything else, in both directions.
    if (first === "" || second === "") return Number(first === "") - Number(second === "");
    return descending ? order(second, first) : order(first, second);
  });
}

const SORT_VALUES: Record<SortKey, (entry: Entry) => string> = {
  number: ({ phoneNumber }) => phoneNumber.number,
  location: ({ phoneNumber }) => phoneNumber.location ?? "",
  type: ({ phoneNumber }) => phoneNumber.numberType,
  provider: ({ phoneNumber }) => phoneNumber.provider,
  status: ({ phoneNumber }) => phoneNumber.status,
  created: ({ phoneNumber }) => phoneNumber.createdAt,
};

const compareTexts = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The order of words as people read them, each compared with the others once: there are far fewer than numbers. */
function wordOrder(by: "location" | "type" | "provider" | "status", words: ReadonlySet<string>) {
  const format = by === "location" ? (word: string) => word : FACETS[by].format;
  const sortedWords = [...words].sort((a, b) => COLLATOR.compare(format(a), format(b)));
  const places = new Map(sortedWords.map((word, place) => [word, place]));
  return (a: string, b: string) => (places.get(a) ?? 0) - (places.get(b) ?? 0);
}

/** The part of a list that is on a page. */
export function pageOf<T>(items: readonly T[], page: number, limit: number): readonly T[] {
  return items.slice((page - 1) * limit, page * limit);
}
