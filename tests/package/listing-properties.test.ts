import fc from "fast-check";
import { isInstaViewError, listAllPhoneNumbers, type PhoneNumber } from "instaview-phone-numbers";
import { expect, it } from "vitest";
import {
  type ModelServer,
  type PageBody,
  phoneNumber,
  phoneNumbers,
  useModelServer,
} from "./model-server.ts";

const model = useModelServer();
const runs = { numRuns: 100 };

const shape = {
  count: fc.nat(60),
  limit: fc.integer({ min: 1, max: 20 }),
  concurrency: fc.integer({ min: 1, max: 10 }),
};

/** What an iteration yields, and how it ends. */
async function read(limit: number, concurrency: number): Promise<{ numbers: PhoneNumber[]; error: unknown }> {
  const numbers: PhoneNumber[] = [];
  try {
    const listing = listAllPhoneNumbers({ baseUrl: model.url, maxRetries: 0, limit, concurrency });
    for await (const number of listing) numbers.push(number);
    return { numbers, error: undefined };
  } catch (error) {
    return { numbers, error };
  }
}

/** Settled, without a duplicate, and nothing under way. */
async function expectSound({ numbers, error }: Awaited<ReturnType<typeof read>>, types: string[]) {
  if (error) expect(isInstaViewError(error) && types.includes(error.type), String(error)).toBe(true);
  expect(new Set(numbers.map(({ id }) => id)).size).toBe(numbers.length);
  await model.idle();
}

it("every number comes once and in order, when nothing changes, and no page is asked for twice", async () => {
  const property = fc.asyncProperty(fc.record(shape), async ({ count, limit, concurrency }) => {
    model.reset(count);
    const { numbers, error } = await read(limit, concurrency);
    expect(error).toBeUndefined();
    expect(numbers).toStrictEqual(phoneNumbers(count));
    const pages = Math.max(Math.ceil(count / limit), 1);
    const inOrder = model.asked.toSorted((a, b) => a - b);
    expect(inOrder).toEqual(Array.from({ length: pages }, (_, index) => index + 1));
    expect(model.mostUnderWay).toBeLessThanOrEqual(concurrency);
  });
  await fc.assert(property, runs);
}, 180_000);

const mutation = fc.oneof(
  fc.record({ type: fc.constant("insert" as const), at: fc.nat(60), count: fc.integer({ min: 1, max: 25 }) }),
  fc.record({ type: fc.constant("remove" as const), at: fc.nat(60), count: fc.integer({ min: 1, max: 25 }) }),
  fc.record({
    type: fc.constant("reverse" as const),
    at: fc.nat(60),
    count: fc.integer({ min: 2, max: 25 }),
  }),
);
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

let added = 1000;
function mutate({ numbers }: ModelServer, { type, at, count }: Mutation) {
  const news = Array.from({ length: count }, () => phoneNumber(added++));
  if (type === "insert") numbers.splice(at, 0, ...news);
  else if (type === "remove") numbers.splice(at, count);
  else numbers.splice(at, count, ...numbers.slice(at, at + count).reverse());
}

it("no number comes twice, and there is an end, whatever changes between the pages", async () => {
  const changes = fc.array(fc.option(mutation), { maxLength: 12 });
  const property = fc.asyncProperty(fc.record({ ...shape, changes }), async ({ changes, ...shape }) => {
    model.reset(shape.count);
    const left = [...changes];
    model.answer = (page) => {
      const change = left.shift();
      if (change) mutate(model, change);
      return model.page(page, shape.limit);
    };
    await expectSound(await read(shape.limit, shape.concurrency), ["listing_changed"]);
    expect(model.asked.length).toBeLessThanOrEqual(shape.count + 12 * 25 + 20);
  });
  await fc.assert(property, runs);
}, 180_000);

it("a page that fails is the end, and what came before is in order", async () => {
  const failing = {
    page: fc.integer({ min: 1, max: 10 }),
    status: fc.constantFrom(400, 401, 403, 404, 429, 500, 503),
  };
  const property = fc.asyncProperty(
    fc.record({ ...shape, ...failing }),
    async ({ page, status, ...shape }) => {
      model.reset(shape.count);
      model.answer = (asked, honest) => (asked === page ? status : honest);
      const { numbers, error } = await read(shape.limit, shape.concurrency);
      const isReached = page <= Math.max(Math.ceil(shape.count / shape.limit), 1);
      expect(error).toEqual(isReached ? expect.objectContaining({ status }) : undefined);
      expect(numbers).toStrictEqual(phoneNumbers(shape.count).slice(0, numbers.length));
      await model.idle();
    },
  );
  await fc.assert(property, runs);
}, 180_000);

it("there is an end, whatever the server claims", async () => {
  const claim = fc.record({
    start: fc.nat(40),
    length: fc.nat(20),
    total: fc.nat(100),
    totalPages: fc.nat(20),
    isThePageAsked: fc.integer({ min: 0, max: 20 }).map((chance) => chance > 0),
  });
  const claims = fc.array(claim, { minLength: 1, maxLength: 30 });
  const property = fc.asyncProperty(fc.record({ ...shape, claims }), async ({ claims, ...shape }) => {
    model.reset(shape.count);
    model.answer = (asked, honest): PageBody => {
      const claim = claims[asked % claims.length];
      if (!claim) return honest;
      const { start, length, total, totalPages, isThePageAsked } = claim;
      const data = phoneNumbers(60).slice(start, start + length);
      return { data, total, page: isThePageAsked ? asked : asked + 1, limit: shape.limit, totalPages };
    };
    await expectSound(await read(shape.limit, shape.concurrency), ["listing_changed"]);
    expect(model.asked.length).toBeLessThanOrEqual(50);
  });
  await fc.assert(property, runs);
}, 180_000);
