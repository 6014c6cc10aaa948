// What the store promises beside its script: its options, the clients that it counts, and replies of every kind.
import { isInstaViewError } from "instaview-phone-numbers";
import { type NodeRedisLike, redisRateLimitStore } from "instaview-phone-numbers/redis";
import { Redis } from "ioredis";
import { createClient, RESP_TYPES } from "redis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { admitted, lease, patient, refused, report } from "./admissions.ts";
import { type RedisServer, startRedis } from "./redis-server.ts";

let redis: RedisServer;
let client: Redis;
beforeAll(async () => {
  redis = await startRedis();
  client = new Redis(redis.port, "127.0.0.1");
}, 60_000);
afterAll(async () => {
  client?.disconnect();
  await redis?.close();
});
beforeEach(() => redis.admin.flushall());

const storeOf = (options = {}) => redisRateLimitStore(client, { ...patient, ...options });

describe("an argument that is wrong is refused at once", () => {
  const clientIssue = "a client of npm redis (4 or newer) or ioredis (5 or newer)";
  const timeoutIssue = "an integer from 1 to 2147483647 (milliseconds)";
  const any = { eval: async () => [], evalsha: async () => [] };
  it.each([
    ["no client", [undefined], "client", clientIssue, "undefined"],
    ["null", [null], "client", clientIssue, "null"],
    ["an address", ["redis://localhost"], "client", clientIssue, "a value of type string"],
    ["another object", [{ get() {} }], "client", clientIssue, "a value of type object"],
    ["half of a client", [{ evalsha() {} }], "client", clientIssue, "a value of type object"],
    ["a promise of a client", [Promise.resolve(any)], "client", clientIssue, "a value of type object"],
    ["a prefix of another type", [any, { prefix: 1 }], "prefix", "a string without braces", "1"],
    ["no prefix", [any, { prefix: null }], "prefix", "a string without braces", "null"],
    ["braces", [any, { prefix: "a{b}" }], "prefix", "a string without braces", "a value of type string"],
    ["no time", [any, { timeout: 0 }], "timeout", timeoutIssue, "0"],
    ["a part of a millisecond", [any, { timeout: 1.5 }], "timeout", timeoutIssue, "1.5"],
    ["no number", [any, { timeout: Number.NaN }], "timeout", timeoutIssue, "NaN"],
    ["more than a timer takes", [any, { timeout: 2 ** 31 }], "timeout", timeoutIssue, "2147483648"],
    ["a text", [any, { timeout: "250" }], "timeout", timeoutIssue, "a value of type string"],
    ["options of another type", [any, null], "options", "an object", "null"],
    ["options that are a text", [any, "prefix"], "options", "an object", "a value of type string"],
  ])("%s", (_, args, path, expected, received) => {
    let error: unknown;
    try {
      Reflect.apply(redisRateLimitStore, undefined, args);
    } catch (thrown) {
      error = thrown;
    }
    expect(isInstaViewError(error)).toBe(true);
    expect(error).toMatchObject({
      name: "InstaViewError",
      type: "invalid_argument",
      message: `${path}: expected ${expected}, received ${received}`,
      issues: [{ path, expected, received }],
      attempts: 0,
    });
  });

  it("all of them together", () => {
    const make = () => redisRateLimitStore({} as never, { prefix: "{", timeout: -1 });
    expect(make).toThrow(/^client: .*; prefix: .*; timeout: /);
  });
});

describe("processes that share", () => {
  it("are those with the same prefix", async () => {
    const [one, other] = [storeOf({ prefix: "one" }), storeOf({ prefix: "" })];
    await admitted(one, "an id");
    await refused(one, "an id");
    await admitted(other, "an id");
    const keys = (await redis.admin.keys("*")).sort();
    expect(keys).toEqual([
      ...["clients", "requests", "windows"].map((name) => `:{an id}:${name}`),
      ...["clients", "requests", "windows"].map((name) => `one:{an id}:${name}`),
    ]);
  });

  it("are counted, each once", async () => {
    const stores = [storeOf(), storeOf(), storeOf()];
    const counts: unknown[] = [];
    for (const store of [...stores, ...stores]) {
      const { clients } = Object(await store.admit("an id", lease));
      counts.push(clients);
    }
    expect(counts).toEqual([1, 2, 3, 3, 3, 3]);
  });

  it("wait until the first request is finished, and then go as its report says", async () => {
    const stores = [storeOf(), storeOf()] as const;
    const permit = await admitted(stores[0], "an id");
    for (let asked = 0; asked < 5; asked += 1) await refused(stores[1], "an id");
    await stores[0].finish("an id", permit, report(3));
    for (let left = 3; left > 0; left -= 1) await admitted(stores[1], "an id");
    await refused(stores[0], "an id");
  });

  it("or until its lease ends", async () => {
    const store = storeOf();
    const start = performance.now();
    await admitted(store, "an id", 300);
    for (;;) {
      const decision = await store.admit("an id", lease);
      if (decision.admitted) break;
      expect(decision.delay, "delay").toBeLessThanOrEqual(300 + 15 + 1);
      await new Promise((resolve) => setTimeout(resolve, decision.delay));
    }
    expect(performance.now() - start).toBeGreaterThan(295);
  });

  it("don't come back at once: each gets a delay of its own", async () => {
    const store = storeOf();
    const permit = await admitted(store, "an id");
    await store.finish("an id", permit, report(0));
    const delays: number[] = [];
    for (let asked = 0; asked < 50; asked += 1) delays.push((await refused(store, "an id")).delay);
    const [shortest, longest] = [Math.min(...delays), Math.max(...delays)];
    // A twentieth of the delay, but no more than half a second.
    expect(longest - shortest).toBeGreaterThan(100);
    expect(new Set(delays).size).toBeGreaterThan(25);
  });
});

describe("replies", () => {
  it("of a client that gives buffers", async () => {
    const buffers = await createClient({ url: redis.url }).connect();
    try {
      const store = redisRateLimitStore(
        buffers.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer, [RESP_TYPES.SIMPLE_STRING]: Buffer }),
        patient,
      );
      const permit = await admitted(store, "an id");
      expect(permit).toMatch(/^\d+-\d+:1$/);
      expect((await refused(store, "an id")).window).toBe("minute");
      await store.finish("an id", permit, report(1));
      await admitted(store, "an id");
    } finally {
      buffers.destroy();
    }
  });

  it.each([
    ["nothing", null],
    ["a text", "OK"],
    ["a short list", [1, "permit"]],
    ["an object", { admitted: true }],
  ])("that are %s reject", async (_, reply) => {
    const store = redisRateLimitStore(fakeOf(async () => reply));
    await expect(store.admit("an id", lease)).rejects.toThrow("Redis gave an unknown reply");
  });

  it("that are errors reject as they are, also where a client throws", async () => {
    const readOnly = new Error("READONLY You can't write against a read only replica.");
    for (const fail of [
      () => Promise.reject(readOnly),
      () => {
        throw readOnly;
      },
    ]) {
      const store = redisRateLimitStore(fakeOf(fail));
      await expect(store.admit("an id", lease)).rejects.toBe(readOnly);
      await expect(store.finish("an id", "permit", {})).rejects.toBe(readOnly);
    }
  });
});

/** A client of which every command gives this. */
const fakeOf = (reply: () => Promise<unknown>): NodeRedisLike => ({ evalSha: reply, eval: reply });
