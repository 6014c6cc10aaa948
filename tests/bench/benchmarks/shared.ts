// Processes that share one key: what a store costs a call, and how many requests the server must refuse.
import { once } from "node:events";
import { startRedis } from "../../redis/redis-server.ts";
import { compare, type Measurement } from "../compare.ts";
import type { Surroundings } from "../limiters/limiter.ts";
import { API_KEY } from "../payload.ts";
import { report, runScript, scriptPath, start } from "../prepare.ts";
import { type Comparison, withTargets } from "../report.ts";

const PROCESSES = 6;
const [LIMIT, INTERVAL] = [20, 3_000];

const limiters = {
  "instaview-phone-numbers without a store": "none",
  "instaview-phone-numbers with Redis": "store",
  "fetch + Bottleneck's clustering": "bottleneck",
  "fetch + rate-limiter-flexible": "rate-limiter-flexible",
};

export async function shared(isFull: boolean): Promise<Comparison[]> {
  const comparisons: Comparison[] = [
    {
      title: "A call where a store is asked first, over loopback",
      unit: "microseconds",
      better: "lower",
      isInChart: false,
      results: await cost(isFull ? 30 : 8),
    },
  ];
  const calls = isFull ? 180 : 60;
  // Nobody but the server knows what another program takes.
  for (const taken of isFull ? [0, 5] : [5]) comparisons.push(...(await fleets(calls, taken)));
  return comparisons;
}

/** How many requests are refused, and how long it takes. */
async function fleets(calls: number, taken: number): Promise<Comparison[]> {
  const outcomes = new Map<string, Outcome>();
  for (const [name, limiter] of Object.entries(limiters)) {
    outcomes.set(name, await runFleet(limiter, calls, taken));
  }
  const comparison = async (title: string, unit: string, of: keyof Outcome): Promise<Comparison> => {
    const contenders = [...outcomes].map(([name, outcome]) => ({ name, sample: () => outcome[of] }));
    const results = await compare(contenders, 1, 0);
    const none = { of: "value", is: "≤", bound: 0 } as const;
    const targets = of === "refused" ? { "instaview-phone-numbers with Redis": none } : {};
    return { title, unit, better: "lower", isInChart: false, results: withTargets(results, targets) };
  };
  const others = taken > 0 ? `, of which another program takes ${taken}` : "";
  const fleet = `${PROCESSES} processes, ${calls} calls, ${LIMIT} requests in ${INTERVAL / 1000} s${others}`;
  return [
    await comparison(`Refused requests: ${fleet}`, "responses of 429", "refused"),
    await comparison(`Time: ${fleet}`, "seconds", "seconds"),
  ];
}

interface Outcome {
  refused: number;
  seconds: number;
}

/** Starts everything afresh, and does something with it. */
async function withSurroundings<T>(
  [limit, interval, taken]: [number, number, number],
  use: (surroundings: Surroundings, refused: () => Promise<number>) => Promise<T>,
): Promise<T> {
  const redis = await startRedis();
  const server = start("limited-server", [limit, interval, taken], []);
  try {
    const url = (await report(server)) as string;
    const refused = async () => {
      server.send("refused");
      return (await report(server)) as number;
    };
    return await use({ url, apiKey: API_KEY, redisUrl: redis.url, limit, interval }, refused);
  } finally {
    server.kill();
    await redis.close();
  }
}

const cost = (rounds: number) =>
  withSurroundings([1_000_000, 3_600_000, 0], (surroundings) =>
    runScript<Measurement[]>("shared-cost", [rounds, JSON.stringify(surroundings)]),
  );

/** All processes call at once. */
const runFleet = (limiter: string, calls: number, taken: number) =>
  withSurroundings([LIMIT, INTERVAL, taken], async (surroundings, refused): Promise<Outcome> => {
    const args = [scriptPath(`limiters/${limiter}`), calls / PROCESSES, JSON.stringify(surroundings)];
    const members = Array.from({ length: PROCESSES }, () => start("fleet-member", args, []));
    await Promise.all(members.map(report));
    const started = performance.now();
    const done = members.map(report);
    const ended = members.map((member) => once(member, "exit"));
    for (const member of members) member.send("go");
    await Promise.all(done);
    const seconds = (performance.now() - started) / 1000;
    // They may have left connections open.
    for (const member of members) member.kill();
    await Promise.all(ended);
    return { refused: await refused(), seconds };
  });
