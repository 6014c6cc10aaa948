// The store itself, with each client that it has to work with, in a real Redis and in a cluster.
import { redisRateLimitStore } from "instaview-phone-numbers/redis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { admitted, lease, patient, refused, report } from "./admissions.ts";
import { clients } from "./clients.mjs";
import { type Cluster, type RedisServer, startCluster, startRedis, until } from "./redis-server.ts";

let redis: RedisServer;
let cluster: Cluster;
beforeAll(async () => {
  [redis, cluster] = await Promise.all([startRedis(), startCluster()]);
}, 60_000);
afterAll(() => Promise.all([redis?.close(), cluster?.close()]));

const inFlight = (id: string, prefix = "instaview") => redis.admin.zcard(`${prefix}:{${id}}:requests`);

describe.each(Object.entries(clients))("with %s", (name, connect) => {
  let connected: Awaited<ReturnType<typeof connect>>;
  beforeAll(async () => {
    connected = await connect(redis);
  });
  afterAll(() => connected?.close());
  beforeEach(() => redis.admin.flushall());

  it("one request goes first, and its report says how many follow", async () => {
    const store = redisRateLimitStore(connected.client, patient);
    const first = await admitted(store, "an id");
    const { window, delay } = await refused(store, "an id");
    expect(window).toBe("minute");
    expect(delay).toBeGreaterThan(0);
    // The first one may end at any time.
    expect(delay).toBeLessThanOrEqual(1_500);
    await store.finish("an id", first, report(2));
    const permits = [await admitted(store, "an id"), await admitted(store, "an id")];
    expect(await inFlight("an id")).toBe(2);
    await refused(store, "an id");
    for (const permit of permits) await store.finish("an id", permit, report(0));
    const { delay: untilReset } = await refused(store, "an id");
    expect(untilReset).toBeGreaterThan(25_000);
    expect(untilReset).toBeLessThanOrEqual(30_000 + 1_000 + 500);
    expect(await inFlight("an id")).toBe(0);
  });

  it("Retry-After is everybody's", async () => {
    const store = redisRateLimitStore(connected.client, patient);
    const permit = await admitted(store, "an id");
    await store.finish("an id", permit, { ...report(5), retryAfter: 7_000 });
    const other = redisRateLimitStore(connected.client, patient);
    const { delay, window } = await refused(other, "an id");
    expect(window).toBe("retry-after");
    expect(delay).toBeGreaterThan(5_000);
    expect(delay).toBeLessThanOrEqual(7_500);
  });

  it("a server that has forgotten the script gets it again", async () => {
    const store = redisRateLimitStore(connected.client, patient);
    const permit = await admitted(store, "an id");
    await redis.admin.script("FLUSH");
    await store.finish("an id", permit, report(5));
    await redis.admin.script("FLUSH");
    await Promise.all([admitted(store, "an id"), admitted(store, "an id")]);
    expect(await inFlight("an id")).toBe(2);
  });

  it("a command that takes too long rejects, and a late permit is given back", async () => {
    // The connection knows the script, so that it is late at once.
    const store = redisRateLimitStore(connected.client, { timeout: 50 });
    await admitted(redisRateLimitStore(connected.client, patient), "another id");
    await redis.admin.client("PAUSE", 400);
    await expect(store.admit("an id", lease)).rejects.toThrow("Redis did not reply within 50 ms");
    await redis.admin.ping();
    await until(async () => (await redis.admin.exists("instaview:{an id}:windows")) === 1);
    await until(async () => (await inFlight("an id")) === 0);
    await admitted(redisRateLimitStore(connected.client, patient), "an id");
  });

  it("sends each command to the right node of a cluster, at once", async () => {
    const { client, close } = await connect(cluster);
    try {
      const store = redisRateLimitStore(client, patient);
      for (const { admin } of cluster.nodes) await admin.config("RESETSTAT");
      // In several slots, and so on several nodes.
      for (const letter of ["a", "b", "c", "d", "e", "f"]) {
        const id = `${name} ${letter}`;
        const permit = await admitted(store, id);
        await store.finish(id, permit, report(1));
        await admitted(store, id);
        await refused(store, id);
      }
      const statistics = await Promise.all(cluster.nodes.map(({ admin }) => admin.info("errorstats")));
      expect(statistics.join("\n")).not.toContain("MOVED");
    } finally {
      await close();
    }
  });
});
