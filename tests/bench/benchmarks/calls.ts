// Whole calls over loopback, the server in a process of its own.
import type { Measurement } from "../compare.ts";
import { runScript, withServer } from "../prepare.ts";
import { type Comparison, withTargets } from "../report.ts";

export async function calls(isFull: boolean): Promise<Comparison[]> {
  const rounds = isFull ? 100 : 15;
  const comparisons: Comparison[] = [];
  for (const concurrency of [1, 16]) {
    const measurements = await withServer({ total: 5_000 }, (url) =>
      runScript<Measurement[]>("calls", [url, concurrency, rounds]),
    );
    comparisons.push({
      title: `Calls over loopback: a page of 100 numbers, ${concurrency} at once`,
      unit: "calls per second",
      better: "higher",
      isInChart: concurrency > 1,
      results: withTargets(measurements, {
        "instaview-phone-numbers": { of: "ratio", is: "≥", bound: 0.95 },
      }),
    });
  }
  return comparisons;
}
