import type { ClientEvent, Issue, PhoneNumber, PhoneNumberPage } from "../wasm/core.js";
import { InstaViewError } from "./error.ts";
import { summary } from "./issues.ts";
import { SeenIds } from "./seen-ids.ts";

/** As many pages in a row may bring nothing new, while the listing grows at its start. */
const MOST_BARREN_PAGES = 10;

/** What a page is, held against those before it. */
export interface Consistent {
  /** The page, without the numbers that were given already. */
  page: PhoneNumberPage;
  /** How the page shows that the listing has changed; nothing where it does not. */
  issues: Issue[];
  event: Extract<ClientEvent, { type: "listingChanged" }>;
}

type Counts = Pick<PhoneNumberPage, "total" | "limit" | "totalPages">;

/** Holds the pages of a listing against each other, in their order. */
export class Consistency {
  readonly #seen = new SeenIds();
  #firstTotal: number | undefined;
  /** Of the page before. Its numbers would be held for nothing. */
  #counts: Counts | undefined;
  #duplicates = 0;
  #barren = 0;

  /** Throws where it makes no sense to go on: another page than the one that was asked for, or an end that never comes. */
  check(asked: number, page: PhoneNumberPage): Consistent {
    const { total, limit, totalPages } = page;
    const before = this.#counts ?? page;
    this.#counts = { total, limit, totalPages };
    this.#firstTotal ??= total;
    if (page.page !== asked) throw listingChanged(asked, [issue("page", String(asked), page.page)]);

    const data = page.data.filter((number) => this.#isNew(number));
    const duplicates = page.data.length - data.length;
    this.#duplicates += duplicates;
    this.#barren = data.length > 0 ? 0 : this.#barren + 1;
    if (page.hasNextPage && this.#barren > 0 && !this.#isGrowing(page)) {
      const expected = "a phone number that was not given before, because another page follows";
      throw listingChanged(asked, [issue("data", expected, "none")]);
    }

    const issues = (["total", "limit", "totalPages"] as const)
      .filter((name) => page[name] !== before[name])
      .map((name) => issue(name, `${before[name]} as on the page before`, page[name]));
    if (duplicates > 0) issues.push(issue("data", "no phone number that was given before", duplicates));
    if (page.hasNextPage && page.data.length < page.limit) {
      issues.push(
        issue("data", `${page.limit} phone numbers, because another page follows`, page.data.length),
      );
    }
    return {
      page: duplicates > 0 ? { ...page, data } : page,
      issues,
      event: {
        type: "listingChanged",
        page: asked,
        expectedTotal: before.total,
        total,
        duplicates,
      },
    };
  }

  #isNew(number: PhoneNumber): boolean {
    // With lenient validation it may be anything.
    const id: unknown = number?.id;
    return typeof id !== "string" || this.#seen.add(id);
  }

  /** Whether what came twice has been pushed back by new numbers, and not by a server that repeats itself. */
  #isGrowing(page: PhoneNumberPage): boolean {
    const growth = page.total - (this.#firstTotal ?? 0);
    return page.data.length > 0 && this.#duplicates <= growth && this.#barren <= MOST_BARREN_PAGES;
  }
}

/** The failure of a listing whose pages do not go together. */
export function listingChanged(page: number, issues: Issue[]): InstaViewError {
  const message = `The listing changed while it was read, as page ${page} shows: ${summary(issues)}`;
  return new InstaViewError(message, { type: "listing_changed", issues, attempts: 1 });
}

function issue(path: string, expected: string, received: number | string): Issue {
  return { path, expected, received: String(received) };
}
