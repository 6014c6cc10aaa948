// What Redis learns of a key: nothing but how much of its limits is used, and that for as long as it matters.
import { connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { apiKey, type Library, tally, withWorkers } from "./processes.ts";
import { type RedisServer, startRedis } from "./redis-server.ts";
import { limit, nextWindow, startStrictServer } from "./strict-server.ts";

const libraries: Library[] = ["node-redis", "ioredis"];

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis?.close());

it.each(libraries)(
  "neither key nor base URL reach Redis, with %s",
  async (library) => {
    const server = await startStrictServer(20);
    const monitor = await startMonitor(redis.port);
    try {
      await redis.admin.flushall();
      const settings = {
        library,
        redis,
        baseUrl: `${server.url}/v1/secret-path`,
        store: { timeout: 10_000 },
      };
      const dumps = await withWorkers(2, settings, async (workers) => {
        await nextWindow();
        const held = server.hold("0");
        const calling = Promise.all(workers.map((worker) => worker.burst(limit)));
        const { release } = await held;
        // While a request is in flight, and when none is.
        const during = await dump();
        release();
        await calling;
        expect(tally(workers)).toEqual({ page: 2 * limit });
        return [during, await dump()];
      });
      expect(dumps[0]?.keys.length, "keys").toBe(3);
      const everything = [monitor.text(), ...dumps.map(({ text }) => text)].join("\n");
      // What is searched is what there is.
      expect(everything).toContain("admit");
      expect(everything).toContain("finish");
      const { host } = new URL(server.url);
      for (const secret of [apiKey, apiKey.slice(8), server.url, host, "secret-path"]) {
        for (const encoding of ["utf8", "hex", "base64"] as const) {
          const text = Buffer.from(secret).toString(encoding).replace(/=+$/, "");
          expect(everything.includes(text), `${secret} as ${encoding}`).toBe(false);
        }
      }
    } finally {
      monitor.close();
      await server.close();
    }
  },
  60_000,
);

it("every key ends by itself, and those of one id are in one slot of a cluster", async () => {
  const server = await startStrictServer();
  // Only a node of a cluster says which slot a key has.
  const node = await startRedis({ isCluster: true });
  try {
    await redis.admin.flushall();
    const settings = { library: "ioredis" as const, redis, baseUrl: server.url };
    await withWorkers(2, settings, async (workers) => {
      const held = server.hold("0");
      const calling = Promise.all(workers.map((worker) => worker.burst(3)));
      const { release } = await held;
      const { keys } = await dump();
      expect(keys.map((key) => key.replace(/[\da-f]{64}/, "ID"))).toEqual([
        "instaview:{ID}:clients",
        "instaview:{ID}:requests",
        "instaview:{ID}:windows",
      ]);
      for (const key of keys) {
        const milliseconds = await redis.admin.pttl(key);
        expect(milliseconds, key).toBeGreaterThan(0);
        expect(milliseconds, key).toBeLessThanOrEqual(2 * 3_600_000);
      }
      const slots = await Promise.all(keys.map((key) => node.admin.cluster("KEYSLOT", key)));
      expect(new Set(slots).size, "slots").toBe(1);
      release();
      await calling;
    });
  } finally {
    await Promise.all([server.close(), node.close()]);
  }
}, 60_000);

/** Everything that Redis keeps. */
async function dump(): Promise<{ keys: string[]; text: string }> {
  const { admin } = redis;
  const keys = (await admin.keys("*")).sort();
  const values = keys.map(async (key) => {
    const type = await admin.type(key);
    const value =
      type === "zset" ? await admin.zrange(key, "0", "-1", "WITHSCORES") : [(await admin.get(key)) ?? ""];
    return [key, ...value].join("\n");
  });
  return { keys, text: (await Promise.all(values)).join("\n") };
}

/** Collects every command that Redis runs, those of scripts included, as Redis shows them. */
async function startMonitor(port: number) {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.write("MONITOR\r\n");
  await new Promise((resolve) => socket.once("data", resolve));
  return {
    text: () => Buffer.concat(chunks).toString("latin1"),
    close: () => socket.destroy(),
  };
}
