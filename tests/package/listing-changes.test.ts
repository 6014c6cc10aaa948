import { type ClientEvent, listAllPhoneNumbers } from "instaview-phone-numbers";
import { describe, expect, it, vi } from "vitest";
import { type PageBody, phoneNumber, phoneNumbers, useModelServer } from "./model-server.ts";
import { rejection } from "./sandbox.ts";

const model = useModelServer();

/** A listing of 50 numbers in 5 pages; `change` happens before page 3 is answered. */
function changing(change: (honest: PageBody) => PageBody | undefined, options: object = {}) {
  model.reset(50);
  model.answer = (page, honest) => (page === 3 ? (change(honest) ?? model.page(3, 10)) : honest);
  const events: ClientEvent[] = [];
  const onEvent = (event: ClientEvent) => {
    if (event.type === "listingChanged") events.push(event);
  };
  const listing = listAllPhoneNumbers({ baseUrl: model.url, maxRetries: 0, limit: 10, onEvent, ...options });
  return { listing, events };
}

const added = phoneNumber(1000);
const changes: [
  what: string,
  change: (honest: PageBody) => PageBody | undefined,
  event: { total: number; duplicates: number },
  issues: object[],
  yielded: number[],
][] = [
  [
    "a number that is added at the start",
    () => {
      model.numbers.unshift(added);
      return undefined;
    },
    { total: 51, duplicates: 1 },
    [
      { path: "total", expected: "50 as on the page before", received: "51" },
      { path: "totalPages", expected: "5 as on the page before", received: "6" },
      { path: "data", expected: "no phone number that was given before", received: "1" },
    ],
    phoneNumbers(50).map((_, index) => index),
  ],
  [
    "a number that is removed",
    () => {
      model.numbers.shift();
      return undefined;
    },
    { total: 49, duplicates: 0 },
    [{ path: "total", expected: "50 as on the page before", received: "49" }],
    phoneNumbers(50).flatMap((_, index) => (index === 20 ? [] : [index])),
  ],
  [
    "a page in the middle that is not full",
    (honest) => ({ ...honest, data: honest.data.slice(0, 7) }),
    { total: 50, duplicates: 0 },
    [{ path: "data", expected: "10 phone numbers, because another page follows", received: "7" }],
    phoneNumbers(50).flatMap((_, index) => (index >= 27 && index < 30 ? [] : [index])),
  ],
  [
    "a page that lacks one number",
    (honest) => ({ ...honest, data: honest.data.slice(1) }),
    { total: 50, duplicates: 0 },
    [{ path: "data", expected: "10 phone numbers, because another page follows", received: "9" }],
    phoneNumbers(50).flatMap((_, index) => (index === 20 ? [] : [index])),
  ],
  [
    "an empty page in the middle",
    (honest) => ({ ...honest, data: [] }),
    { total: 50, duplicates: 0 },
    [{ path: "data", expected: "10 phone numbers, because another page follows", received: "0" }],
    phoneNumbers(50).flatMap((_, index) => (index >= 20 && index < 30 ? [] : [index])),
  ],
  [
    "a page of numbers that came before",
    (honest) => ({ ...honest, data: model.numbers.slice(0, 10) }),
    { total: 50, duplicates: 10 },
    [{ path: "data", expected: "no phone number that was given before", received: "10" }],
    phoneNumbers(50).flatMap((_, index) => (index >= 20 && index < 30 ? [] : [index])),
  ],
  [
    "numbers that are in another order",
    (honest) => ({ ...honest, data: [...model.numbers.slice(0, 4), ...honest.data.slice(4)] }),
    { total: 50, duplicates: 4 },
    [{ path: "data", expected: "no phone number that was given before", received: "4" }],
    phoneNumbers(50).flatMap((_, index) => (index >= 20 && index < 24 ? [] : [index])),
  ],
];

describe("a listing that changes while it is read", () => {
  it.each(changes)(
    "by %s goes on, no number comes twice, and one event tells of it",
    async (_, change, event, __, yielded) => {
      for (const concurrency of [1, 2]) {
        const { listing, events } = changing(change, { concurrency });
        expect(await listing.toArray()).toStrictEqual(yielded.map(phoneNumber));
        expect(events).toEqual([
          { type: "listingChanged", callId: expect.any(Number), page: 3, expectedTotal: 50, ...event },
        ]);
      }
    },
  );

  it.each(changes)("by %s fails where it must not", async (_, change, __, issues) => {
    const { listing, events } = changing(change, { consistency: "strict" });
    const yielded: unknown[] = [];
    const iterate = async () => {
      for await (const number of listing) yielded.push(number);
    };
    const error = await rejection(iterate());
    expect(error).toMatchObject({ type: "listing_changed", issues, attempts: 1 });
    expect(String(error)).toContain("as page 3 shows");
    expect(yielded).toStrictEqual(phoneNumbers(20));
    expect(events).toEqual([]);
    expect(model.asked).toEqual([1, 2, 3]);
  });

  it("gives pages without what came before", async () => {
    const { listing } = changing(() => {
      model.numbers.unshift(added);
      return undefined;
    });
    const sizes: number[] = [];
    for await (const { data } of listing.pages()) sizes.push(data.length);
    expect(sizes).toEqual([10, 10, 9, 10, 10, 1]);
  });

  it("does not ask for pages that are not there any more", async () => {
    const { listing, events } = changing(() => {
      model.numbers.length = 25;
      return undefined;
    });
    expect(await listing.toArray()).toStrictEqual(phoneNumbers(25));
    expect(events).toHaveLength(1);
    expect(model.asked).toEqual([1, 2, 3]);
  });

  it("goes on while new numbers push back whole pages", async () => {
    const added = Array.from({ length: 30 }, (_, index) => phoneNumber(1000 + index));
    const { listing, events } = changing(() => {
      model.numbers.unshift(...added);
      return undefined;
    });
    const [before, after] = [phoneNumbers(20), phoneNumbers(50).slice(20)];
    expect(await listing.toArray()).toStrictEqual([...before, ...added.slice(20), ...after]);
    expect(events.map((event) => event.type === "listingChanged" && event.duplicates)).toEqual([0, 10, 10]);
  });
});

describe("a listing that does not go together", () => {
  it("tells of each change against the page before, also to a listener that throws", async () => {
    model.reset(50);
    const totals = [50, 51, 51, 52, 52];
    model.answer = (page, honest) => ({ ...honest, total: totals[page - 1] });
    const events: object[] = [];
    const onEvent = (event: ClientEvent) => {
      if (event.type !== "listingChanged") return;
      events.push([event.page, event.expectedTotal, event.total]);
      throw new Error("The listener's own.");
    };
    const reported = vi.spyOn(console, "error").mockImplementation(() => {});
    expect(await listAllPhoneNumbers({ baseUrl: model.url, limit: 10, onEvent }).toArray()).toHaveLength(50);
    expect(events).toEqual([
      [2, 50, 51],
      [4, 51, 52],
    ]);
    expect(reported).toHaveBeenCalledTimes(2);
    reported.mockRestore();
  });

  it("in its page size alone is told of", async () => {
    const { listing, events } = changing((honest) => ({ ...honest, limit: 9 }));
    expect(await listing.toArray()).toHaveLength(50);
    // Of the change, and of the change back.
    expect(events.map((event) => event.type === "listingChanged" && event.page)).toEqual([3, 4]);
  });

  const incomplete: [string, (page: number, honest: PageBody) => PageBody][] = [
    [
      "whose last page is not full",
      (page, honest) => (page === 5 ? { ...honest, data: honest.data.slice(3) } : honest),
    ],
    ["that ends too early", (_, honest) => ({ ...honest, totalPages: 1 })],
    ["that has more than its total", (_, honest) => ({ ...honest, total: 30 })],
  ];
  it.each(incomplete)("%s fails where it must not change", async (_, answer) => {
    model.reset(50);
    model.answer = answer;
    const listing = listAllPhoneNumbers({ baseUrl: model.url, limit: 10, consistency: "strict" });
    expect(await rejection(listing.toArray())).toMatchObject({
      type: "listing_changed",
      issues: [{ path: "total" }],
    });
    const first = await listing.toArray({ limit: 7 });
    expect(first).toStrictEqual(phoneNumbers(7));
  });

  it("cancels what is under way when it fails", async () => {
    model.reset(50);
    model.answer = (page, honest) =>
      page > 2 ? new Promise(() => {}) : page === 2 ? { ...honest, total: 49 } : honest;
    const options = { baseUrl: model.url, limit: 10, concurrency: 3, consistency: "strict" } as const;
    expect(await rejection(listAllPhoneNumbers(options).toArray())).toMatchObject({
      type: "listing_changed",
    });
    await model.idle();
    expect(model.cancelled.sort()).toEqual([3, 4]);
  });

  it("goes on after pages in vain, as long as there are not too many in a row", async () => {
    model.reset(210);
    model.answer = (page, honest) => (page % 11 === 1 ? honest : { ...honest, data: [] });
    expect(await listAllPhoneNumbers({ baseUrl: model.url, limit: 10 }).toArray()).toHaveLength(20);
    model.answer = (page, honest) => (page % 12 === 1 ? honest : { ...honest, data: [] });
    const error = await rejection(listAllPhoneNumbers({ baseUrl: model.url, limit: 10 }).toArray());
    const expected = "a new phone number on one of 11 pages, because another page follows";
    expect(error).toMatchObject({
      type: "listing_changed",
      issues: [{ path: "data", expected, received: "none" }],
    });
  });

  it("ends after eleven pages without a phone number", async () => {
    model.reset(210);
    model.answer = (_, honest) => ({ ...honest, data: [] });
    await rejection(listAllPhoneNumbers({ baseUrl: model.url, limit: 10 }).toArray());
    expect(model.asked).toHaveLength(11);
  });

  it("ends after eleven pages of what was without an id before, too", async () => {
    model.reset(210);
    model.answer = (page, honest) => {
      const withoutId = { number: "+421" };
      return { ...honest, data: page === 1 ? [...honest.data.slice(1), withoutId] : [withoutId] };
    };
    const options = { baseUrl: model.url, limit: 10, validation: "lenient" } as const;
    await rejection(listAllPhoneNumbers(options).toArray());
    expect(model.asked).toHaveLength(12);
  });

  it("says how many there should have been, at its end", async () => {
    model.reset(50);
    model.answer = (_, honest) => ({ ...honest, total: 51 });
    const options = { baseUrl: model.url, limit: 10, consistency: "strict" } as const;
    expect(await rejection(listAllPhoneNumbers(options).toArray())).toMatchObject({
      type: "listing_changed",
      issues: [{ path: "total", expected: "50 phone numbers, as were given", received: "51" }],
    });
    expect(await listAllPhoneNumbers(options).toArray({ limit: 50 })).toHaveLength(50);
  });
});

describe("a server that does not do as it says", () => {
  const misbehaving = async (answer: (page: number, honest: PageBody) => unknown) => {
    model.reset(50);
    model.answer = answer;
    const listing = listAllPhoneNumbers({ baseUrl: model.url, limit: 10, validation: "lenient" });
    return await rejection(listing.toArray());
  };

  it("and gives another page than the one that was asked for ends the listing", async () => {
    const error = await misbehaving((page, honest) => ({ ...honest, page: page === 3 ? 2 : page }));
    const issues = [{ path: "page", expected: "3", received: "2" }];
    expect(error).toMatchObject({ type: "listing_changed", issues });
    expect(model.asked).toEqual([1, 2, 3]);
  });

  const endless: [string, (page: number, honest: PageBody) => unknown][] = [
    ["the first page again and again", (page) => ({ ...model.page(1, 10), page, totalPages: 10_000 })],
    [
      "the first page, and always has another one",
      (page) => ({ ...model.page(1, 10), page, totalPages: page + 1 }),
    ],
    [
      "the first page, and a total that grows",
      (page) => ({ ...model.page(1, 10), page, total: page * 10 + 1, totalPages: page + 1 }),
    ],
    [
      "nothing, and always has another one",
      (page) => ({ ...model.page(page, 10), data: [], totalPages: page + 1 }),
    ],
    ["nothing, of ten thousand pages", (page) => ({ ...model.page(page, 10), data: [], totalPages: 10_000 })],
    [
      "numbers that cannot be told apart",
      (page) => ({ data: [{ ...phoneNumber(1), id: 7 }], total: 9, page, limit: 10, totalPages: page + 1 }),
    ],
  ];

  it.each(endless)("and gives %s ends it too", async (_, answer) => {
    const error = await misbehaving(answer);
    expect(error).toMatchObject({ type: "listing_changed" });
    expect(model.asked.length).toBeLessThanOrEqual(12);
  });

  it("and changes its page size is told of", async () => {
    const sizes = [5, 10];
    model.reset(20);
    model.answer = (page) => model.page(page, sizes[page - 1] ?? 10);
    const events: ClientEvent[] = [];
    const options = { baseUrl: model.url, limit: 10, onEvent: (event: ClientEvent) => events.push(event) };
    expect(await listAllPhoneNumbers(options).toArray()).toHaveLength(15);
    expect(events.filter(({ type }) => type === "listingChanged")).toHaveLength(1);
  });

  const unusual: [string, (index: number) => unknown][] = [
    ["ids that are integers", (index) => ({ ...phoneNumber(index), id: index })],
    ["ids that are objects", (index) => ({ ...phoneNumber(index), id: { value: index } })],
    ["ids that are null", (index) => ({ ...phoneNumber(index), id: null })],
    ["no ids", (index) => ({ ...phoneNumber(index), id: undefined })],
    ["strings instead of objects", (index) => `number ${index}`],
  ];
  it.each(unusual)("lists numbers with %s, on more than ten pages, every one of them", async (_, number) => {
    model.reset(150);
    model.answer = (page, honest) => ({
      ...honest,
      data: honest.data.map((_, index) => number((page - 1) * 10 + index)),
    });
    const events: ClientEvent[] = [];
    const onEvent = (event: ClientEvent) => events.push(event);
    const options = { baseUrl: model.url, limit: 10, validation: "lenient", onEvent } as const;
    const all = Array.from({ length: 150 }, (_, index) => number(index));
    expect(await listAllPhoneNumbers(options).toArray()).toEqual(JSON.parse(JSON.stringify(all)));
    expect(events.filter(({ type }) => type === "listingChanged")).toEqual([]);
  });

  it("lenient about its numbers too", async () => {
    const data = [
      phoneNumber(1),
      { ...phoneNumber(1), id: 7 },
      null,
      { ...phoneNumber(2), id: "x" },
      { id: "x" },
    ];
    model.answer = (page) => ({ data, total: 5, page, limit: 10, totalPages: 1 });
    const options = { baseUrl: model.url, validation: "lenient" } as const;
    expect(await listAllPhoneNumbers(options).toArray()).toEqual(data.slice(0, 4));
  });
});
