// Every number of a large company, from a server that takes its time.
import type { Measurement } from "../compare.ts";
import { runScript, withServer } from "../prepare.ts";
import { type Comparison, type Target, withTargets } from "../report.ts";

const TOTAL = 5_000;

const targets: Record<string, Target> = {
  // Within 5 % of the plain loop's time.
  "instaview-phone-numbers": { of: "ratio", is: "≥", bound: 0.952 },
  // 50 pages are one and then seven rounds of eight: 6.25 times is the most that is possible.
  "instaview-phone-numbers, concurrency 8": { of: "ratio", is: "≥", bound: 6 },
};

export async function listing(isFull: boolean): Promise<Comparison[]> {
  const measurements = await withServer({ latency: 50, total: TOTAL }, (url) =>
    runScript<Measurement[]>("listing", [url, TOTAL, isFull ? 15 : 3]),
  );
  return [
    {
      title: "Listing: 5,000 numbers, 50 ms of latency",
      unit: "numbers per second",
      better: "higher",
      isInChart: true,
      results: withTargets(measurements, targets),
    },
  ];
}
