// A process that is killed takes its request along, and nothing else.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Library, tally, withWorkers } from "./processes.ts";
import { type RedisServer, startRedis, until } from "./redis-server.ts";
import { limit, nextWindow, startStrictServer } from "./strict-server.ts";

const libraries: Library[] = ["node-redis", "ioredis"];

/** Milliseconds for one attempt. The lease of its request is a second longer. */
const timeout = 1_500;
const lease = timeout + 1_000;

describe.each(libraries)("a process is killed while its request is in flight, with %s", (library) => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.close());

  const settings = (baseUrl: string) => ({
    library,
    redis,
    baseUrl,
    client: { timeout, maxRetries: 0 },
    store: { timeout: 10_000 },
  });
  const inFlight = async () => {
    const [key] = await redis.admin.keys("*:requests");
    return key ? await redis.admin.zcard(key) : 0;
  };

  it("the one that went first: another one goes when its lease has ended", async () => {
    const server = await startStrictServer();
    try {
      await withWorkers(3, settings(server.url), async ([first, ...others]) => {
        await nextWindow();
        const held = server.hold("0");
        const killed = first?.burst(5);
        await held;
        const waiting = Promise.all(others.map((worker) => worker.burst(10)));
        await first?.kill();
        await Promise.all([killed, waiting]);
        expect(tally(others)).toEqual({ page: 20 });
        expect(server.refused()).toBe(0);
        const [sent, next] = server.requests;
        const waited = (next?.at ?? 0) - (sent?.at ?? 0);
        console.log(`The others go on after ${waited} ms, with ${library}: the lease is of ${lease} ms`);
        expect(waited, "milliseconds until the next request").toBeGreaterThan(lease - 100);
        expect(await inFlight()).toBe(0);
      });
    } finally {
      await server.close();
    }
  }, 60_000);

  it("in the middle: the others go on, and use every window", async () => {
    const server = await startStrictServer();
    try {
      await withWorkers(3, settings(server.url), async (workers) => {
        const [victim, ...others] = workers;
        await nextWindow();
        const calling = Promise.all(workers.map((worker) => worker.keepCalling(3)));
        await until(async () => server.requests.length >= limit / 2);
        await server.hold("0");
        await victim?.kill();
        // The lease ends in the next one.
        for (let windows = 0; windows < 4; windows += 1) await nextWindow();
        for (const worker of others) worker.stop();
        await calling;
        expect(Object.keys(tally(others))).toEqual(["page"]);
        expect(server.refused()).toBe(0);
        const last = server.requests.at(-1)?.window ?? 0;
        const counts = [last - 2, last - 1].map(
          (full) => server.requests.filter(({ window }) => window === full).length,
        );
        expect(counts, "requests of the last full windows").toEqual([limit, limit]);
        expect(await inFlight()).toBe(0);
        expect(others.flatMap(({ storeErrors }) => storeErrors)).toEqual([]);
      });
    } finally {
      await server.close();
    }
  }, 60_000);
});
