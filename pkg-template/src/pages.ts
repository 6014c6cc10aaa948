import type { ClientEvent, PhoneNumberPage } from "../wasm/core.js";
import { Consistency, listingChanged } from "./consistency.ts";
import { invalidArgument, issueOf } from "./issues.ts";

/** The last page that the API gives. Source: InstaView's documentation, "List phone numbers", query parameters. */
const LAST_PAGE = 10_000;

/** How the pages of a listing are asked for, and told of. */
export interface PageRequest {
  /** How many pages may be under way or held at once. */
  concurrency: number;
  /** Whether a change ends the listing. */
  isStrict: boolean;
  /** Asks for one page. The signal ends it, as the caller's own does. */
  page(number: number, signal: AbortSignal): Promise<PhoneNumberPage>;
  /** Throws the reason of the caller's abort. */
  throwIfAborted(): void;
  /** Tells the caller's listener. */
  notify(event: ClientEvent): void;
}

/** A page that was asked for. */
interface Asked {
  page: Promise<PhoneNumberPage>;
  controller: AbortController;
}

/** Ends the pages that nobody waits for any more. */
const cancelled = Symbol("cancelled");

/**
 * The pages of a listing, in order. Nothing is requested before it is asked for: the first page alone, because it tells
 * how many there are; with the second one as many as may be under way at once, but none in vain where it is known how many
 * numbers are `wanted`. However it ends, what is under way is cancelled.
 */
export function listPages(request: PageRequest, wanted?: number): AsyncIterableIterator<PhoneNumberPage> {
  const asked = new Map<number, Asked>();
  return iterator(pagesInOrder(request, wanted, asked), () => cancelFrom(0, asked));
}

/**
 * The generator as an iterator that ends at once when it is returned: the generator itself would only end after the page
 * that it waits for.
 */
export function iterator<T>(
  generator: AsyncGenerator<T, void>,
  cancel: () => void,
): AsyncIterableIterator<T> {
  return {
    next: () => generator.next(),
    return: () => {
      cancel();
      return generator.return();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function cancelFrom(number: number, asked: ReadonlyMap<number, Asked>) {
  for (const [other, { controller }] of asked) {
    if (other >= number) controller.abort(cancelled);
  }
}

async function* pagesInOrder(
  request: PageRequest,
  wanted: number | undefined,
  asked: Map<number, Asked>,
): AsyncGenerator<PhoneNumberPage, void> {
  const consistency = new Consistency();
  let last = 1;
  let failed = LAST_PAGE;
  let ahead = 1;
  let missing = wanted ?? Number.POSITIVE_INFINITY;

  const ask = (number: number): Asked => {
    const controller = new AbortController();
    const page = request.page(number, controller.signal);
    page.catch(() => {
      // Those before it are given all the same, as they would be one by one.
      failed = Math.min(failed, number);
      cancelFrom(number + 1, asked);
    });
    const asking = { page, controller };
    asked.set(number, asking);
    return asking;
  };

  try {
    for (let number = 1; ; number++) {
      for (let next = number; next < number + ahead && next <= Math.min(last, failed); next++) {
        if (!asked.has(next)) ask(next);
      }
      const answer = await (asked.get(number) ?? ask(number)).page;
      asked.delete(number);
      request.throwIfAborted();

      const { page, issues, expectedTotal, duplicates } = consistency.check(number, answer);
      const { total, limit, totalPages, hasNextPage } = page;
      missing -= page.data.length;
      if (request.isStrict && !hasNextPage && missing > 0) issues.push(...consistency.end());
      if (issues.length > 0) {
        if (request.isStrict) throw listingChanged(number, issues);
        request.notify({ type: "listingChanged", page: number, expectedTotal, total, duplicates });
      }
      if (wanted !== undefined) checkLength(Math.min(totalPages, Math.ceil(wanted / limit)), limit);

      // Before it is given, because it is the caller's own then.
      const isEnough = !hasNextPage || missing <= 0;
      last = totalPages;
      ahead = Math.min(request.concurrency, Math.ceil(missing / limit));
      yield page;
      if (isEnough) return;
      if (number === LAST_PAGE) checkLength(totalPages, limit);
    }
  } catch (error) {
    if (error !== cancelled) throw error;
  } finally {
    cancelFrom(0, asked);
  }
}

function checkLength(pages: number, limit: number) {
  if (pages <= LAST_PAGE) return;
  const remedy = limit < 100 ? ": list it with a larger `limit`" : "";
  const issues = [issueOf("page", `an integer from 1 to ${LAST_PAGE}`, LAST_PAGE + 1)];
  throw invalidArgument(
    issues,
    `The listing has ${pages} pages, of which the API gives ${LAST_PAGE}${remedy}`,
  );
}
