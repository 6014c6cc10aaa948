import type { PhoneNumberPage } from "../wasm/core.js";
import { Consistency, listingChanged } from "./consistency.ts";
import { invalidArgument, issueOf } from "./issues.ts";
import { requireGlobals } from "./load-error.ts";

/** The last page that the API gives. Source: InstaView's documentation, "List phone numbers", query parameters. */
const LAST_PAGE = 10_000;

/** Where an iteration of a listing has its pages from. */
export interface PageSource {
  /** How many pages may be under way or held at once. */
  concurrency: number;
  /** Whether a change ends the listing. */
  isStrict: boolean;
  /** Requests one page, which comes with its number of attempts. The signal ends it, as the caller's own does. */
  request(page: number, cancelled: AbortSignal): Promise<[page: PhoneNumberPage, attempts: number]>;
  /** Throws the reason of the caller's abort. */
  throwIfAborted(): void;
  /** Emits a `listingChanged` event. */
  emitChange(page: number, expectedTotal: number, total: number, duplicates: number): void;
}

/** A page that was requested. */
interface RequestedPage {
  page: Promise<[page: PhoneNumberPage, attempts: number]>;
  controller: AbortController;
}

/** The reason that ends the pages which are not needed any more. */
const cancelled = Symbol("cancelled");

/**
 * The pages of a listing, in order. Nothing is requested before it is needed: the first page alone, because it says
 * how many there are; with the second one as many as may be under way at once, but none in vain where only the first `limit`
 * numbers are needed. However it ends, what is under way is cancelled.
 */
export function listPages(source: PageSource, limit?: number): AsyncIterableIterator<PhoneNumberPage> {
  const requested = new Map<number, RequestedPage>();
  const state = { isEnded: false };
  return iterator(pagesInOrder(source, limit, requested, state), () => {
    state.isEnded = true;
    cancelFrom(0, requested);
  });
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

function cancelFrom(number: number, requested: ReadonlyMap<number, RequestedPage>) {
  for (const [other, { controller }] of requested) {
    if (other >= number) controller.abort(cancelled);
  }
}

async function* pagesInOrder(
  source: PageSource,
  limit: number | undefined,
  requested: Map<number, RequestedPage>,
  state: { isEnded: boolean },
): AsyncGenerator<PhoneNumberPage, void> {
  const consistency = new Consistency();
  let last = 1;
  let failed = LAST_PAGE;
  let ahead = 1;
  let missing = limit ?? Number.POSITIVE_INFINITY;

  const request = (number: number): RequestedPage => {
    requireGlobals("AbortController");
    const controller = new AbortController();
    const page = source.request(number, controller.signal);
    page.catch(() => {
      // Those before it are given all the same, as they would be one by one.
      failed = Math.min(failed, number);
      cancelFrom(number + 1, requested);
    });
    const request = { page, controller };
    requested.set(number, request);
    return request;
  };

  try {
    for (let number = 1; !state.isEnded; number++) {
      for (let next = number; next < number + ahead && next <= Math.min(last, failed); next++) {
        if (!requested.has(next)) request(next);
      }
      const [received, attempts] = await (requested.get(number) ?? request(number)).page;
      requested.delete(number);
      source.throwIfAborted();

      const { page, issues, expectedTotal, duplicates } = consistency.check(number, received, attempts);
      const { total, totalPages, hasNextPage } = page;
      missing -= page.data.length;
      if (source.isStrict && !hasNextPage && missing > 0) issues.push(...consistency.end());
      if (issues.length > 0) {
        if (source.isStrict) throw listingChanged(number, issues, attempts);
        source.emitChange(number, expectedTotal, total, duplicates);
        // A listener may have ended it.
        source.throwIfAborted();
        if (state.isEnded) return;
      }
      if (limit !== undefined) checkLength(Math.min(totalPages, Math.ceil(limit / page.limit)), page.limit);

      // Before it is given, because it is the caller's own then.
      const isEnough = !hasNextPage || missing <= 0;
      last = totalPages;
      ahead = Math.min(source.concurrency, Math.ceil(missing / page.limit));
      const pageSize = page.limit;
      yield page;
      if (isEnough) return;
      if (number === LAST_PAGE) checkLength(totalPages, pageSize);
    }
  } catch (error) {
    if (error !== cancelled) throw error;
  } finally {
    cancelFrom(0, requested);
  }
}

function checkLength(pages: number, pageSize: number) {
  if (pages <= LAST_PAGE) return;
  const remedy = pageSize < 100 ? ": list it with a larger `limit`" : "";
  const issues = [issueOf("page", `an integer from 1 to ${LAST_PAGE}`, LAST_PAGE + 1)];
  throw invalidArgument(
    issues,
    `The listing has ${pages} pages, of which the API gives ${LAST_PAGE}${remedy}`,
  );
}
