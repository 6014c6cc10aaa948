import type { PhoneNumber, PhoneNumberPage } from "../wasm/core.js";
import { invalidArgument, issueOf } from "./issues.ts";
import type { PhoneNumberListing } from "./options.ts";
import { listPages, type PageRequest } from "./pages.ts";
import { isSnapshot, snapshot } from "./snapshot.ts";

/** The listing that a request for its pages makes. It requests nothing itself: each iteration starts anew. */
export function createListing(request: PageRequest): PhoneNumberListing {
  return {
    [Symbol.asyncIterator]: () => numbersOf(listPages(request), request),
    pages: () => listPages(request),
    async toArray(options = {}) {
      const limit = checkedLimit(options);
      const numbers: PhoneNumber[] = [];
      if (limit === 0) return numbers;
      for await (const { data } of listPages(request, limit)) {
        for (const number of data) numbers.push(number);
        if (numbers.length >= limit) break;
      }
      return numbers.slice(0, limit);
    },
  };
}

/** The phone numbers of the pages. To return the iterator ends the pages at once, also while it waits for one. */
function numbersOf(
  pages: AsyncIterableIterator<PhoneNumberPage>,
  { throwIfAborted }: PageRequest,
): AsyncIterableIterator<PhoneNumber> {
  const generator = (async function* () {
    for await (const { data } of pages) {
      for (const number of data) {
        throwIfAborted();
        yield number;
      }
    }
  })();
  return {
    next: () => generator.next(),
    return: async () => {
      await pages.return?.();
      return generator.return();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** How many numbers `toArray` is asked for: all, where it is not said. */
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
