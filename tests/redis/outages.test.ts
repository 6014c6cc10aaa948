// What happens to Redis happens to no call: meanwhile each process keeps to its share, and then they share again.
import { expect, it } from "vitest";
import { type Library, tally, type Worker, withWorkers } from "./processes.ts";
import { startProxy } from "./proxy.ts";
import { type RedisServer, startRedis, until } from "./redis-server.ts";
import { length, limit, nextWindow, type StrictServer, startStrictServer } from "./strict-server.ts";

const count = 4;

/** What a fault happens to. */
interface Scene {
  redis: RedisServer;
  proxy: { stall(): void; resume(): void };
  /** Waits until every process has noticed. */
  noticed(): Promise<void>;
}

interface Fault {
  name: string;
  /** Happens, and is over when this has settled. */
  happen(scene: Scene): Promise<void>;
  /** Whether every process must notice. */
  isNoticed: boolean;
  /** As many requests as may be refused. Without the store, a process does not know what the others have sent in the window that is
   * under way, nor does an empty store: in both, each may send its share of a window that is used up. */
  refused: number;
}

/** So long that processes without a limit would be refused in every one of these windows. */
const outage = () => windows(2);

async function windows(number: number) {
  for (let passed = 0; passed < number; passed += 1) await nextWindow();
}

const faults: Fault[] = [
  {
    name: "is stopped, and started again empty",
    async happen({ redis, noticed }) {
      await redis.stop();
      await noticed();
      await outage();
      await redis.start();
    },
    isNoticed: true,
    refused: 2 * limit,
  },
  {
    name: "is paused for 10 s",
    async happen({ redis, noticed }) {
      await redis.admin.client("PAUSE", 10_000);
      await noticed();
      // It replies when the pause is over.
      await redis.admin.ping();
    },
    isNoticed: true,
    refused: 2 * limit,
  },
  {
    name: "is restarted in the middle of calls",
    async happen({ redis }) {
      await redis.stop();
      await redis.start();
    },
    isNoticed: false,
    refused: 2 * limit,
  },
  {
    name: "forgets its scripts",
    happen: async ({ redis }) => void (await redis.admin.script("FLUSH")),
    isNoticed: false,
    refused: 0,
  },
  {
    name: "is behind a network that stalls",
    async happen({ proxy, noticed }) {
      proxy.stall();
      await noticed();
      await outage();
      proxy.resume();
    },
    isNoticed: true,
    refused: 2 * limit,
  },
];

const libraries: Library[] = ["node-redis", "ioredis"];
const rows = faults.flatMap((fault) => libraries.map((library) => ({ ...fault, library })));

it.concurrent.each(rows)(
  "Redis $name, with $library",
  async (row) => {
    const redis = await startRedis();
    const proxy = await startProxy(redis.port);
    const server = await startStrictServer();
    const settings = {
      library: row.library,
      redis: { ports: [proxy.port], isCluster: false },
      baseUrl: server.url,
      // A machine that is busy is no outage.
      store: { timeout: 1_000 },
    };
    try {
      await withWorkers(count, settings, async (workers) => {
        const calling = Promise.all(workers.map((worker) => worker.keepCalling(5)));
        await until(async () => server.requests.length >= 2 * limit);
        expect(server.refused(), "429 before").toBe(0);

        const begin = Date.now();
        const errorsSince = (time: number) =>
          workers.map(({ storeErrors }) => storeErrors.filter(({ at }) => at >= time));
        const noticed = () => until(async () => errorsSince(begin).every(({ length }) => length > 0));
        await row.happen({ redis, proxy, noticed });
        const seconds = await sharing(redis, workers);

        // What was on its way belongs to this window at the latest.
        await nextWindow();
        const recovered = Date.now();
        await windows(3);
        const end = Date.now();
        for (const worker of workers) worker.stop();
        await calling;

        report(row, { server, workers, begin, recovered, seconds });
        expect(Object.keys(tally(workers)).filter((outcome) => !expected.includes(outcome))).toEqual([]);
        if (row.isNoticed) expect(errorsSince(begin).map(({ length }) => length > 0)).not.toContain(false);
        expect(server.refused(begin), "429 in all").toBeLessThanOrEqual(row.refused);
        expect(server.refused(recovered), "429 afterwards").toBe(0);
        expect(errorsSince(recovered).flat(), "errors afterwards").toEqual([]);
        const served = server.requests.filter(({ at }) => at >= recovered && at < end);
        expect(served.length, "requests of full windows").toBe(3 * limit);
      });
    } finally {
      await Promise.all([server.close(), proxy.close(), redis.close()]);
    }
  },
  120_000,
);

/** What a call may come to: a page, or the failure of an API that has refused it, and its retries. */
const expected = ["page", "rate_limit"];

/** Milliseconds for which a store that has failed is not asked again. Commands that were held back may arrive before. */
const pause = 1_000;

/** Waits until every process uses the store, and gives the seconds that it took. */
async function sharing({ admin }: RedisServer, workers: Worker[]): Promise<number> {
  const start = performance.now();
  const [seconds, microseconds] = await admin.time();
  const returned = Number(seconds) * 1000 + Number(microseconds) / 1000;
  await until(async () => {
    const [key] = await admin.keys("*:clients");
    return key !== undefined && (await admin.zcount(key, returned + pause, "+inf")) === workers.length;
  });
  return (performance.now() - start) / 1000;
}

function report(
  { name, library }: { name: string; library: Library },
  scene: { server: StrictServer; workers: Worker[]; begin: number; recovered: number; seconds: number },
) {
  const { server, workers, begin, recovered, seconds } = scene;
  const errors = workers.map(({ storeErrors }) => storeErrors.length);
  const messages = new Set(workers.flatMap(({ storeErrors }) => storeErrors.map(({ message }) => message)));
  const during = server.requests.filter(({ at, status }) => at >= begin && at < recovered && status === 200);
  const share = during.length / ((recovered - begin) / length) / limit;
  console.log(
    `Redis ${name}, ${library}: ${server.refused()} × 429, calls ${JSON.stringify(tally(workers))}, ` +
      `${(share * 100).toFixed(0)} % of the limit used until shared again, ` +
      `${seconds.toFixed(1)} s after its return; rateLimitStoreError ${errors.join("+")}: ${[...messages].join("; ")}`,
  );
}
