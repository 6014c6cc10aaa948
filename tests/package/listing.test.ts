import { type ClientEvent, InstaViewClient, listAllPhoneNumbers } from "instaview-phone-numbers";
import { describe, expect, it, vi } from "vitest";
import { COMPANIES, SANDBOX_KEYS, startSandbox } from "../../www/sandbox/index.ts";
import { phoneNumbers, useModelServer } from "./model-server.ts";
import { rejection, useSandbox } from "./sandbox.ts";

const sandbox = useSandbox();
const model = useModelServer();
const { large } = COMPANIES;
const urls = () => sandbox.sandbox.requests.map(({ url }) => url);

/** Everything that an iteration yields. */
async function all<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const value of iterable) values.push(value);
  return values;
}

const listing = (options: object = {}) =>
  listAllPhoneNumbers({ baseUrl: model.url, maxRetries: 0, limit: 10, ...options });

describe("every phone number", () => {
  const pages = [1, 2, 3].map((page) => `/phone-numbers?page=${page}&limit=100`);

  it("comes once and in order, in pages of 100", async () => {
    expect(await all(listAllPhoneNumbers(sandbox.options))).toStrictEqual(large.phoneNumbers);
    expect(urls()).toEqual(pages);
  });

  it("comes from a client too", async () => {
    const reported: unknown[] = [];
    const onEvent = (event: ClientEvent) => event.type === "response" && reported.push(event.rateLimit);
    const client = new InstaViewClient({ ...sandbox.options, apiKey: SANDBOX_KEYS.ats, onEvent });
    const numbers = client.listAllPhoneNumbers({ companyId: large.id, limit: 80 });
    expect(await numbers.toArray()).toStrictEqual(large.phoneNumbers);
    expect(reported).toHaveLength(3);
    // How much is left depends on whether a minute ended meanwhile.
    expect(client.rateLimit).toEqual(reported.at(-1));
  });

  it("comes with the options of a client's listing", async () => {
    const client = new InstaViewClient({ baseUrl: model.url });
    const options = { limit: 10, concurrency: 4 };
    // All behind the first page are requested before one of them is answered.
    const answer = async (page: number, honest: unknown) => {
      if (page > 1) await vi.waitFor(() => expect(model.asked).toHaveLength(5));
      return honest;
    };
    model.reset(50);
    model.answer = answer;
    expect(await client.listAllPhoneNumbers(options).toArray()).toHaveLength(50);
    model.reset(50);
    model.answer = answer;
    const where = ({ id }: { id: string }) => id === model.numbers[49]?.id;
    expect(await client.findPhoneNumber({ where }, options)).toBeDefined();
  });

  it("comes where an option of toArray is undefined", async () => {
    model.reset(3);
    expect(await listing().toArray({ limit: 2, page: undefined } as object)).toHaveLength(2);
  });

  it("comes again with every iteration", async () => {
    const numbers = listAllPhoneNumbers({ ...sandbox.options, limit: 20 });
    const iterators = [numbers[Symbol.asyncIterator](), numbers[Symbol.asyncIterator]()];
    const firsts = await Promise.all(iterators.map((iterator) => iterator.next()));
    expect(firsts.map(({ value }) => value)).toEqual([large.phoneNumbers[0], large.phoneNumbers[0]]);
    expect(await all(numbers)).toHaveLength(237);
  });

  it("comes in pages, as listPhoneNumbers gives them", async () => {
    model.reset(25);
    const found = await all(listing().pages());
    expect(found.map(({ page, hasNextPage }) => [page, hasNextPage])).toEqual([
      [1, true],
      [2, true],
      [3, false],
    ]);
    expect(found.flatMap(({ data }) => data)).toStrictEqual(model.numbers);
    expect(found[2]).toEqual({ ...model.page(3, 10), hasNextPage: false });
  });

  it("is none where there is none", async () => {
    expect(await all(listing())).toEqual([]);
    expect(model.asked).toEqual([1]);
  });

  it("comes in order to those who ask for many at once", async () => {
    model.reset(25);
    const iterator = listing({ concurrency: 3 })[Symbol.asyncIterator]();
    const results = await Promise.all(Array.from({ length: 28 }, () => iterator.next()));
    expect(results.slice(0, 25).map(({ value }) => value)).toStrictEqual(model.numbers);
    expect(results.slice(25)).toEqual(Array(3).fill({ done: true, value: undefined }));
    expect(model.asked).toHaveLength(3);
  });
});

describe("toArray", () => {
  it.each([
    [1, [1]],
    [10, [1]],
    [11, [1, 2]],
    [25, [1, 2, 3]],
    [26, [1, 2, 3]],
  ])("of the first %i asks for no page in vain", async (limit, asked) => {
    model.reset(25);
    for (const concurrency of [1, 8]) {
      model.asked = [];
      const numbers = await listing({ concurrency }).toArray({ limit });
      expect(numbers).toStrictEqual(phoneNumbers(Math.min(limit, 25)));
      expect(model.asked.sort()).toEqual(asked);
    }
  });

  it("of none asks for nothing", async () => {
    expect(await listing().toArray({ limit: 0 })).toEqual([]);
    expect(model.asked).toEqual([]);
  });

  it("of none ends with the reason of an abort all the same", async () => {
    const aborted = listing({ signal: AbortSignal.abort("left") });
    await expect(aborted.toArray({ limit: 0 })).rejects.toBe("left");
    const thrown = new Error("The signal's own.");
    const throwing = () => {
      throw thrown;
    };
    const unexplained = listing({
      signal: Object.defineProperty({ aborted: true }, "reason", { get: throwing }),
    });
    await expect(unexplained.toArray({ limit: 0 })).rejects.toBe(thrown);
    // Whether it is aborted is not known: a request would say what is wrong with it.
    const unknown = listing({ signal: Object.defineProperty({}, "aborted", { get: throwing }) });
    expect(await unknown.toArray({ limit: 0 })).toEqual([]);
  });

  it.each([
    [{ limit: -1 }, { path: "limit", expected: "a non-negative integer", received: "-1" }],
    [{ limit: 1.5 }, { path: "limit", expected: "a non-negative integer", received: "1.5" }],
    [
      { limit: "5" },
      { path: "limit", expected: "a non-negative integer", received: "a value of type string" },
    ],
    [{ limit: null }, { path: "limit", expected: "a non-negative integer", received: "null" }],
    [{ most: 5 }, { path: "most", expected: "one of the options limit", received: "an unknown name" }],
    [5, { path: "options", expected: "a plain object", received: "5" }],
    [null, { path: "options", expected: "a plain object", received: "null" }],
  ])("refuses %o", async (options, issue) => {
    const error = await rejection(listing().toArray(options as never));
    const message = `${issue.path}: expected ${issue.expected}, received ${issue.received}`;
    expect(error).toMatchObject({ type: "invalid_argument", issues: [issue], message, attempts: 0 });
    expect(model.asked).toEqual([]);
  });
});

describe("nothing is requested", () => {
  it("before it is asked for", async () => {
    model.reset(25);
    const iterator = listing()[Symbol.asyncIterator]();
    listing().pages();
    await new Promise(setImmediate);
    expect(model.asked).toEqual([]);
    for (let index = 0; index < 10; index++) await iterator.next();
    expect(model.asked).toEqual([1]);
    await iterator.next();
    expect(model.asked).toEqual([1, 2]);
  });

  it.each([1, 8])("after a break, with concurrency %i", async (concurrency) => {
    model.reset(1000);
    for await (const _ of listing({ concurrency })) break;
    expect(model.asked).toEqual([1]);
  });

  it("after return(), which ends what is under way at once", async () => {
    model.reset(1000);
    model.answer = (page, honest) => (page === 1 ? honest : new Promise(() => {}));
    for (const iterator of [
      listing({ concurrency: 3 })[Symbol.asyncIterator](),
      listing({ concurrency: 3 }).pages(),
    ]) {
      model.asked = [];
      await iterator.next();
      const rest = Array.from({ length: 10 }, () => iterator.next());
      while (model.underWay < 3) await new Promise(setImmediate);
      expect(await iterator.return?.()).toEqual({ done: true, value: undefined });
      expect((await Promise.all(rest)).at(-1)).toEqual({ done: true, value: undefined });
      await model.idle();
      expect(await iterator.next()).toEqual({ done: true, value: undefined });
      expect(model.asked.sort()).toEqual([1, 2, 3, 4]);
    }
    expect(model.cancelled.sort()).toEqual([2, 2, 3, 3, 4, 4]);
  });

  it("where an option is wrong, of which all are listed", async () => {
    const wrong = { concurrency: 11, consistency: "exact", limit: 0, page: 2, companyId: "x" } as never;
    const error = await rejection(listAllPhoneNumbers(wrong).toArray());
    expect(error).toMatchObject({ type: "invalid_argument", attempts: 0 });
    const { issues } = error as { issues: { path: string }[] };
    expect(issues.map(({ path }) => path)).toEqual([
      "page",
      "limit",
      "companyId",
      "concurrency",
      "consistency",
      "apiKey",
    ]);
  });

  it.each([
    [{ signal: {} }, "signal"],
    [{ signal: 5 }, "signal"],
    [{ onEvent: 5 }, "onEvent"],
  ])("with %o", async (options, path) => {
    expect(await rejection(listing(options).toArray())).toMatchObject({
      type: "invalid_argument",
      issues: [{ path }],
    });
    expect(model.asked).toEqual([]);
  });

  it.each([null, 5, "sk_test_x", new Date()])("with %o as options", async (options) => {
    const error = await rejection(listAllPhoneNumbers(options as never).toArray());
    expect(error).toMatchObject({ type: "invalid_argument", issues: [{ path: "options" }] });
  });

  it("with an ATS key and no company, and the message says where to give it", async () => {
    const client = new InstaViewClient({ ...sandbox.options, apiKey: SANDBOX_KEYS.ats, keyType: "ats" });
    const calls = [
      () => client.listPhoneNumbers(),
      () => client.listAllPhoneNumbers().toArray(),
      () => client.findPhoneNumber({}),
    ];
    for (const call of calls) {
      const error = await rejection(call());
      expect(error).toMatchObject({
        type: "invalid_argument",
        issues: [{ path: "companyId", received: "undefined" }],
      });
      expect(String(error)).toContain("in the call or in the client's options");
    }
    expect(urls()).toEqual([]);
    expect(await client.listAllPhoneNumbers({ companyId: large.id }).toArray()).toHaveLength(237);
  });
});

describe("concurrency", () => {
  it("fetches the first page alone, then so many at once, and holds no more", async () => {
    model.reset(200);
    const held = new Set<number>();
    let mostHeld = 0;
    model.answer = async (page, honest) => {
      held.add(page);
      mostHeld = Math.max(mostHeld, held.size);
      const isOfTheFirstFour = page > 1 && page <= 5;
      while (isOfTheFirstFour && model.mostUnderWay < 4) await new Promise(setImmediate);
      return honest;
    };
    let previous = 0;
    for await (const { page } of listing({ concurrency: 4 }).pages()) {
      expect(page).toBe(previous + 1);
      held.delete(page);
      previous = page;
      if (page === 1) expect(model.asked).toEqual([1]);
    }
    expect(previous).toBe(20);
    expect(model.mostUnderWay).toBe(4);
    expect(mostHeld).toBe(4);
    expect(model.asked.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
  });

  it("keeps the order, whichever page comes first", async () => {
    model.reset(50);
    const waiting: (() => void)[] = [];
    model.answer = async (page, honest) => {
      if (page > 1) {
        const turn = new Promise<void>((resolve) => waiting.unshift(resolve));
        if (waiting.length === 4) for (const answer of waiting) answer();
        await turn;
      }
      return honest;
    };
    expect(await listing({ concurrency: 4 }).toArray()).toStrictEqual(model.numbers);
  });

  it("keeps the rate limit, and gives what it allows", async () => {
    const limited = await startSandbox({ rateLimit: { hour: 5 } });
    const options = { apiKey: SANDBOX_KEYS.company, baseUrl: limited.url, limit: 10, concurrency: 8 };
    const numbers: unknown[] = [];
    const iterate = async () => {
      for await (const number of listAllPhoneNumbers(options)) numbers.push(number);
    };
    expect(await rejection(iterate())).toMatchObject({ type: "rate_limit", attempts: 0 });
    expect(numbers).toStrictEqual(large.phoneNumbers.slice(0, 50));
    expect(limited.requests).toHaveLength(5);
    await limited.close();
  });
});

describe("a page that fails", () => {
  it("fails the iteration with its error, after those before it, and cancels those after it", async () => {
    model.reset(100);
    model.answer = async (page, honest) => {
      if (page === 3) return 403;
      if (page > 3) return new Promise(() => {});
      while (page === 2 && model.cancelled.length < 2) await new Promise(setImmediate);
      return honest;
    };
    const yielded: unknown[] = [];
    const iterate = async () => {
      for await (const number of listing({ concurrency: 4 })) yielded.push(number);
    };
    expect(await rejection(iterate())).toMatchObject({ type: "permission", status: 403 });
    expect(yielded).toStrictEqual(phoneNumbers(20));
    await model.idle();
    expect(model.cancelled.sort()).toEqual([4, 5]);
    expect(model.asked.sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it("is of no interest where the end comes before it", async () => {
    model.reset(100);
    model.answer = (page, honest) => {
      if (page === 2) model.numbers.length = 15;
      return page > 2 ? 404 : page === 2 ? model.page(2, 10) : honest;
    };
    expect(await listing({ concurrency: 4 }).toArray()).toStrictEqual(phoneNumbers(15));
  });
});

describe("the pages that are given", () => {
  it("are the caller's own, to change as they like", async () => {
    model.reset(30);
    let pages = 0;
    for await (const page of listing({ concurrency: 3 }).pages()) {
      pages++;
      Object.assign(page, { data: null, total: 1, totalPages: 9, limit: 0, hasNextPage: false });
    }
    expect(pages).toBe(3);
    expect(model.asked.sort()).toEqual([1, 2, 3]);
  });

  it("are over after return(), also for who does not wait for it", async () => {
    model.reset(30);
    for (const iterator of [listing()[Symbol.asyncIterator](), listing().pages()]) {
      await iterator.next();
      const ended = iterator.return?.();
      expect(await iterator.next()).toEqual({ done: true, value: undefined });
      expect(await ended).toEqual({ done: true, value: undefined });
    }
    expect(model.asked).toEqual([1, 1]);
  });
});

it("what a listing is made of shows no key", async () => {
  const { inspect } = await import("node:util");
  const numbers = listAllPhoneNumbers(sandbox.options);
  const shown =
    inspect(numbers, { depth: Number.POSITIVE_INFINITY, showHidden: true }) + JSON.stringify(numbers);
  expect(shown).not.toContain("sk_test");
});
