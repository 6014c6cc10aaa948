import type { Issue, PhoneNumber, PhoneNumberPage } from "../wasm/core.js";
import { InstaViewError } from "./error.ts";
import { summary } from "./issues.ts";
import { SeenIds } from "./seen-ids.ts";

/** As many pages in a row may bring nothing new: numbers that are added push whole pages back. */
const MOST_BARREN_PAGES = 10;

type Counts = Pick<PhoneNumberPage, "total" | "limit" | "totalPages">;

/** A page, compared with those before it. */
export interface CheckedPage {
  /** The page, without the numbers that were given already. */
  page: PhoneNumberPage;
  /** How the page shows that the listing has changed; nothing where it does not. */
  issues: Issue[];
  /** The total by the page before. */
  expectedTotal: number;
  /** How many of the page's numbers were given already. */
  duplicates: number;
}

/** Compares the pages of a listing with each other, in their order. */
export class Consistency {
  readonly #seen = new SeenIds();
  /** Of the page before; its numbers would stay in memory for nothing. */
  #counts: Counts | undefined;
  #given = 0;
  #barren = 0;
  /** The numbers without an id on the page before, as JSON. */
  #withoutId = "";

  /** Throws where it makes no sense to go on: at another page than the requested one, or where there is no end. */
  check(requested: number, page: PhoneNumberPage, attempts: number): CheckedPage {
    if (page.page !== requested) {
      throw listingChanged(requested, [issue("page", String(requested), page.page)], attempts);
    }

    const { total, limit, totalPages, hasNextPage } = page;
    const before = this.#counts ?? page;
    this.#counts = { total, limit, totalPages };
    // With lenient validation a number may be anything, and is given as it is where it has no id.
    const data = page.data.filter((number) => !hasId(number) || this.#seen.add(number.id));
    this.#given += data.length;
    this.#barren = this.#hasNew(data) ? 0 : this.#barren + 1;
    if (hasNextPage && this.#barren > MOST_BARREN_PAGES) {
      const expected = `a new phone number on one of ${this.#barren} pages, because another page follows`;
      throw listingChanged(requested, [issue("data", expected, "none")], attempts);
    }

    const duplicates = page.data.length - data.length;
    const issues = (["total", "limit", "totalPages"] as const)
      .filter((name) => page[name] !== before[name])
      .map((name) => issue(name, `${before[name]} as on the page before`, page[name]));
    if (duplicates > 0) issues.push(issue("data", "no phone number that was given before", duplicates));
    if (hasNextPage && page.data.length < limit) {
      issues.push(issue("data", `${limit} phone numbers, because another page follows`, page.data.length));
    }
    return {
      page: duplicates > 0 ? { ...page, data } : page,
      issues,
      expectedTotal: before.total,
      duplicates,
    };
  }

  /** Whether there are numbers with a new id, or, without any id, others than on the page before. */
  #hasNew(data: PhoneNumber[]): boolean {
    const before = this.#withoutId;
    const withoutId = data.filter((number) => !hasId(number));
    this.#withoutId = JSON.stringify(withoutId);
    return data.length > withoutId.length || (withoutId.length > 0 && this.#withoutId !== before);
  }

  /** What is wrong with the whole, after its last page. */
  end(): Issue[] {
    const total = this.#counts?.total;
    return total === this.#given
      ? []
      : [issue("total", `${this.#given} phone numbers, as were given`, total ?? 0)];
  }
}

function hasId(number: Partial<PhoneNumber> | null): number is PhoneNumber {
  return typeof number?.id === "string";
}

/** The failure of a listing whose pages do not go together. */
export function listingChanged(page: number, issues: Issue[], attempts: number): InstaViewError {
  const message = `The listing changed while it was read, as page ${page} shows: ${summary(issues)}`;
  return new InstaViewError(message, { type: "listing_changed", issues, attempts });
}

function issue(path: string, expected: string, received: number | string): Issue {
  return { path, expected, received: String(received) };
}
