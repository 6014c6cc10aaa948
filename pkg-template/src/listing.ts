import type { ListAllParams, PhoneNumber, PhoneNumberPage, RequestOptions } from "../wasm/core.js";
import { type CoreModule, call, PerInstance } from "./core.ts";
import { invalidArgument, issueOf } from "./issues.ts";
import { iterator, listPages, type PageSource } from "./pages.ts";
import { throwIfAborted } from "./signal.ts";
import { isSnapshot, snapshot } from "./snapshot.ts";

/**
 * The phone numbers of a company, listed as they are read, each time anew.
 *
 * @example
 * ```ts
 * const listing = listAllPhoneNumbers();
 * for await (const { number } of listing) console.log(number);
 * const first = await listing.toArray({ limit: 10 });
 * ```
 */
export interface PhoneNumberListing extends AsyncIterable<PhoneNumber> {
  /**
   * The same by pages, without numbers that were given before.
   *
   * @example
   * ```ts
   * for await (const { data, page, totalPages } of listing.pages()) console.log(page, totalPages, data.length);
   * ```
   */
  pages(): AsyncIterableIterator<PhoneNumberPage>;
  /**
   * All of them, or the first `limit`.
   *
   * @param options - `limit`: how many at most, 0 or more. Default: all.
   *
   * @example
   * ```ts
   * const firstTen = await listAllPhoneNumbers().toArray({ limit: 10 });
   * ```
   */
  toArray(options?: { limit?: number }): Promise<PhoneNumber[]>;
}

/** The core's side of a listing, which has checked its options. */
type CoreListing = ReturnType<CoreModule["openListing"]>;

/**
 * A listing. It requests nothing itself: each iteration starts anew.
 *
 * @param given - The parameters and options of the listing, the later over the earlier.
 * @param open - Has the core check them.
 */
export function createListing(given: unknown[], open: (core: CoreModule) => CoreListing): PhoneNumberListing {
  const pages = (limit?: number) => listPages(pageSource(given, open), limit);
  return {
    [Symbol.asyncIterator]: () => {
      const source = pageSource(given, open);
      const pages = listPages(source);
      return iterator(numbersOf(pages, source), () => void pages.return?.());
    },
    pages: () => pages(),
    async toArray(options = {}) {
      const limit = checkedLimit(options);
      const numbers: PhoneNumber[] = [];
      if (limit === 0) {
        pageSource(given, open).throwIfAborted();
        return numbers;
      }
      for await (const { data } of pages(limit)) {
        for (const number of data) numbers.push(number);
      }
      return numbers.slice(0, limit);
    },
  };
}

/** Where one iteration has its pages from. What it reads of the options, the core has checked once there is a page. */
function pageSource(given: unknown[], open: (core: CoreModule) => CoreListing): PageSource {
  const options: ListAllParams & RequestOptions = Object.assign(
    Object.create(null),
    ...given.filter(isSnapshot),
  );
  const { concurrency = 1, consistency, signal } = options;
  const listing = new PerInstance(open);
  return {
    concurrency,
    isStrict: consistency === "strict",
    request: (page, cancelled) => call((core) => listing.of(core).page(page, cancelled), [signal, cancelled]),
    throwIfAborted: () => throwIfAborted(signal),
    emitChange: (page, expectedTotal, total, duplicates) =>
      listing.latest?.emitChange(page, expectedTotal, total, duplicates),
  };
}

async function* numbersOf(
  pages: AsyncIterable<PhoneNumberPage>,
  { throwIfAborted }: PageSource,
): AsyncGenerator<PhoneNumber, void> {
  for await (const { data } of pages) {
    for (const number of data) {
      throwIfAborted();
      yield number;
    }
  }
}

/** How many numbers `toArray` gives at most. */
function checkedLimit(options: unknown): number {
  const given = snapshot(options);
  if (!isSnapshot(given)) throw invalidArgument([issueOf("options", "a plain object", given)]);

  const { limit, ...others } = given;
  const issues = Object.keys(others)
    .filter((name) => others[name] !== undefined)
    .map((path) => ({ path, expected: "one of the options limit", received: "an unknown name" }));
  if (limit !== undefined && !(Number.isSafeInteger(limit) && (limit as number) >= 0)) {
    issues.push(issueOf("limit", "a non-negative integer", limit));
  }
  if (issues.length > 0) throw invalidArgument(issues);
  return (limit as number | undefined) ?? Number.POSITIVE_INFINITY;
}
