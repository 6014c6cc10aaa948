import type { ClientEvent, PhoneNumberPage } from "../wasm/core.js";
import { Consistency, listingChanged } from "./consistency.ts";
import { InstaViewError } from "./error.ts";

/** The last page that the API gives. Source: InstaView's documentation, "List phone numbers", query parameters. */
const LAST_PAGE = 10_000;

/** How the pages of a listing are asked for, and told of. */
export interface PageRequest {
  /** How many pages may be under way or held at once. */
  concurrency: number;
  /** Whether a change ends the listing. */
  isStrict: boolean;
  /** Asks for one page. The controller ends it, and is aborted by the caller's signal. */
  page(number: number, controller: AbortController): Promise<PhoneNumberPage>;
  /** Throws the reason of the caller's abort. */
  throwIfAborted(): void;
  /** Tells the caller's listener. */
  notify(event: ClientEvent): void;
}

/** Ends the pages that nobody waits for any more. */
const cancelled = Symbol("cancelled");

/**
 * The pages of a listing, in order. Nothing is requested before it is asked for: the first page alone, because it tells
 * how many there are; with the second one as many as may be under way at once, but no more than hold the first `wanted`
 * numbers. However it ends, what is under way is cancelled.
 */
export function listPages(
  request: PageRequest,
  wanted = Number.POSITIVE_INFINITY,
): AsyncIterableIterator<PhoneNumberPage> {
  const controller = new AbortController();
  const generator = pagesInOrder(request, wanted, controller);
  return {
    next: () => generator.next(),
    // At once: the generator itself would only end after the page that it waits for.
    return: () => {
      controller.abort(cancelled);
      return generator.return();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* pagesInOrder(
  request: PageRequest,
  wanted: number,
  controller: AbortController,
): AsyncGenerator<PhoneNumberPage, void> {
  const consistency = new Consistency();
  const underWay = new Map<number, Promise<PhoneNumberPage>>();
  let last = 1;
  let ahead = 1;
  let missing = wanted;

  const ask = (number: number) => {
    const page = request.page(number, controller);
    // The first page that fails ends the others, with its own error.
    page.catch((error) => controller.abort(error));
    underWay.set(number, page);
    return page;
  };

  try {
    for (let number = 1; ; number++) {
      if (number > LAST_PAGE) throw beyondLastPage(last);
      for (let next = number; next < number + ahead && next <= Math.min(last, LAST_PAGE); next++) {
        if (!underWay.has(next)) ask(next);
      }
      const answer = await (underWay.get(number) ?? ask(number));
      underWay.delete(number);
      request.throwIfAborted();

      const { page, issues, event } = consistency.check(number, answer);
      if (issues.length > 0) {
        if (request.isStrict) throw listingChanged(number, issues);
        request.notify(event);
      }
      yield page;
      missing -= page.data.length;
      if (!page.hasNextPage || missing <= 0) return;
      request.throwIfAborted();
      last = page.totalPages;
      ahead = Math.min(request.concurrency, Math.ceil(missing / page.limit));
    }
  } catch (error) {
    if (error !== cancelled) throw error;
  } finally {
    controller.abort(cancelled);
  }
}

function beyondLastPage(pages: number): InstaViewError {
  const issue = {
    path: "page",
    expected: `an integer from 1 to ${LAST_PAGE}`,
    received: String(LAST_PAGE + 1),
  };
  const message = `The listing has ${pages} pages, of which the API gives ${LAST_PAGE}: list it with a larger \`limit\``;
  return new InstaViewError(message, { type: "invalid_argument", issues: [issue], attempts: 1 });
}
