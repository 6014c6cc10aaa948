// Processes that share one key make as many calls as its limit allows, and none is refused.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Library, tally, withWorkers } from "./processes.ts";
import { type Address, startCluster, startRedis } from "./redis-server.ts";
import { length, limit, nextWindow, type StrictServer, startStrictServer } from "./strict-server.ts";

const calls = 180;
/** The windows that so many calls need. */
const ideal = calls / limit;

const libraries: Library[] = ["node-redis", "ioredis"];
const places = [
  { name: "a single server", start: startRedis },
  { name: "a cluster of three", start: startCluster },
];
const rows = places.flatMap((place) => libraries.map((library) => ({ ...place, library })));

// Two at a time: where so many processes share two processors, their responses come after the end of these short windows.
describe.each(rows)("$name, $library", ({ name, start, library }) => {
  let redis: Address & { close(): Promise<void> };
  beforeAll(async () => {
    redis = await start();
  });
  afterAll(() => redis?.close());

  it.concurrent.each([6, 12])(
    "%i processes: no 429, and no window is wasted",
    async (count) => {
      const server = await startStrictServer();
      try {
        const settings = { library, redis, baseUrl: server.url, store: { timeout: 10_000 } };
        await withWorkers(count, settings, async (workers) => {
          await nextWindow();
          await Promise.all(workers.map((worker) => worker.burst(calls / count)));
          report(`${count} processes, ${library}, ${name}`, server);
          expect(server.refused(), "429").toBe(0);
          expect(tally(workers)).toEqual({ page: calls });
          expect(workers.flatMap(({ storeErrors }) => storeErrors)).toEqual([]);
          const windows = server.requests.map(({ window }) => window);
          const used = Math.max(...windows) - Math.min(...windows) + 1;
          expect(used, "windows").toBeLessThanOrEqual(Math.floor(ideal * 1.15));
        });
      } finally {
        await server.close();
      }
    },
    90_000,
  );
});

/** Shows the time that it took, beside the shortest that is possible: until the last window that is needed begins. */
function report(title: string, server: StrictServer) {
  const [first, last] = [server.requests[0], server.requests.at(-1)];
  if (!first || !last) return;
  const shortest = (first.window + ideal - 1) * length - first.at;
  const ratio = (last.at - first.at) / shortest;
  const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(2);
  console.log(
    `${title}: ${server.refused()} × 429, ${seconds(last.at - first.at)} s, ` +
      `${ratio.toFixed(3)} × the ideal of ${seconds(shortest)} s`,
  );
}
