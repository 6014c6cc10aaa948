// Listings that are ended by listeners and by `where`, or by a change.
import { findPhoneNumber, listAllPhoneNumbers, type PhoneNumberListing } from "instaview-phone-numbers";
import { expect, it, vi } from "vitest";
import { reporting, useFakeClock } from "./fake-clock.ts";
import { phoneNumbers } from "./model-server.ts";
import { rejection } from "./sandbox.ts";

useFakeClock();

const options = { apiKey: "sk_test_abcdefghijkl", baseUrl: "https://x.test" };

it("nothing is requested after return(), where it is called from the listener of a change", async () => {
  const asked: number[] = [];
  let leave = () => {};
  const numbers = phoneNumbers(6);
  const pages = listAllPhoneNumbers({
    ...options,
    limit: 2,
    fetch: async (url: string) => {
      const page = Number(new URL(url).searchParams.get("page"));
      asked.push(page);
      const data = numbers.slice((page - 1) * 2, page * 2);
      return Response.json({ data, total: page === 1 ? 7 : 6, page, limit: 2, totalPages: 3 });
    },
    onEvent: ({ type }) => type === "listingChanged" && leave(),
  }).pages();
  await pages.next();
  const nexts = [pages.next(), pages.next()];
  leave = () => void pages.return?.();
  const end = { done: true, value: undefined };
  expect(await Promise.all(nexts)).toEqual([end, end]);
  expect(asked).toEqual([1, 2]);
});

it.each([
  ["toArray", (listing: PhoneNumberListing) => listing.toArray()],
  [
    "pages",
    async (listing: PhoneNumberListing) => {
      for await (const _ of listing.pages());
    },
  ],
])("an abort in the listener of a change ends the listing: %s", async (_, read) => {
  const controller = new AbortController();
  const numbers = phoneNumbers(4);
  const listing = listAllPhoneNumbers({
    ...options,
    limit: 2,
    signal: controller.signal,
    fetch: async (url: string) => {
      const page = Number(new URL(url).searchParams.get("page"));
      const data = numbers.slice((page - 1) * 2, page * 2);
      return Response.json({ data, total: page === 1 ? 3 : 4, page, limit: 2, totalPages: 2 });
    },
    onEvent: ({ type }) => type === "listingChanged" && controller.abort("changed"),
  });
  expect(await rejection(read(listing))).toBe("changed");
});

it("the failure of a listing that changed has the attempts that were made", async () => {
  let requests = 0;
  vi.spyOn(Math, "random").mockReturnValue(0);
  const listing = listAllPhoneNumbers({
    ...options,
    fetch: async () => {
      if (++requests < 3) return reporting({ status: 503 });
      return reporting({ body: { data: [], total: 0, page: 2, limit: 100, totalPages: 0 } });
    },
  });
  const failed = rejection(listing.toArray());
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await failed).toMatchObject({ type: "listing_changed", attempts: 3 });
});

it("an abort in `where` ends the search, at the last number too", async () => {
  const outcomes = [0, 1].map(async (index) => {
    const controller = new AbortController();
    const data = phoneNumbers(2);
    const search = findPhoneNumber(
      {
        where: ({ id }) => {
          if (id === data[index]?.id) controller.abort("left");
          return false;
        },
      },
      {
        ...options,
        signal: controller.signal,
        fetch: async () => Response.json({ data, total: 2, page: 1, limit: 100, totalPages: 1 }),
      },
    );
    return await search.catch((reason) => reason);
  });
  expect(await Promise.all(outcomes)).toEqual(["left", "left"]);
});
