// Whole calls: over loopback, the server in a process of its own; and within a process, where only a call's own work is left.
import type { Measurement } from "../compare.ts";
import { runScript, withServer } from "../prepare.ts";
import { type Comparison, withTargets } from "../report.ts";

export async function calls(isFull: boolean): Promise<Comparison[]> {
  const rounds = isFull ? 100 : 15;
  const comparisons: Comparison[] = [];
  for (const concurrency of [1, 16]) {
    // More contenders share one heap, and each other's garbage: the target is for the closest alone.
    for (const which of ["closest", "all"]) {
      const measurements = await withServer({ total: 5_000 }, (url) =>
        runScript<Measurement[]>("calls", [url, concurrency, rounds, which]),
      );
      const isClosest = which === "closest";
      comparisons.push({
        title: `Calls over loopback: a page of 100 numbers, ${concurrency} at once${isClosest ? "" : ", beside more libraries"}`,
        unit: "calls per second",
        better: "higher",
        isInChart: !isClosest && concurrency > 1,
        results: isClosest
          ? withTargets(measurements, {
              "instaview-phone-numbers": { of: "ratio", is: "≥", bound: 0.97 },
            })
          : measurements,
      });
    }
  }
  const ownCost = await runScript<Measurement[]>("own-cost", [isFull ? 60 : 25]);
  comparisons.push({
    title: "A call's own cost: one number from a fetch within the process, over Response.json()",
    unit: "microseconds",
    better: "lower",
    isInChart: false,
    results: withTargets(ownCost, {
      "instaview-phone-numbers, more than the baseline": { of: "value", is: "≤", bound: 40 },
    }),
  });
  return comparisons;
}
