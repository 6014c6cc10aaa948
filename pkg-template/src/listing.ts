import type { PhoneNumber, PhoneNumberPage } from "../wasm/core.js";
import { invalidArgument, issueOf } from "./issues.ts";
import type { PhoneNumberListing } from "./options.ts";
import { iterator, listPages, type PageRequest } from "./pages.ts";
import { isSnapshot, snapshot } from "./snapshot.ts";

/** The listing that is made of a request for its pages. It requests nothing itself: each iteration starts anew. */
export function createListing(createRequest: () => PageRequest): PhoneNumberListing {
  return {
    [Symbol.asyncIterator]: () => {
      const request = createRequest();
      const pages = listPages(request);
      return iterator(numbersOf(pages, request), () => void pages.return?.());
    },
    pages: () => listPages(createRequest()),
    async toArray(options = {}) {
      const limit = checkedLimit(options);
      const numbers: PhoneNumber[] = [];
      if (limit === 0) return numbers;
      for await (const { data } of listPages(createRequest(), limit)) {
        for (const number of data) numbers.push(number);
      }
      return numbers.slice(0, limit);
    },
  };
}

async function* numbersOf(
  pages: AsyncIterable<PhoneNumberPage>,
  { throwIfAborted }: PageRequest,
): AsyncGenerator<PhoneNumber, void> {
  for await (const { data } of pages) {
    for (const number of data) {
      throwIfAborted();
      yield number;
    }
  }
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
