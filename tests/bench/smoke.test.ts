// That the parts of the benchmarks which need nothing installed work. Nothing is timed here.
import { expect, it } from "vitest";
import { chartOf } from "./chart.ts";
import { compare } from "./compare.ts";
import { encode, wirePage } from "./payload.ts";
import { summaryOf, tableOf, withTargets } from "./report.ts";

/** Samples that grow with each round, as on a machine that gets slower. */
function slowing(factor: number) {
  let round = 0;
  return () => {
    round += 1;
    return round * factor;
  };
}

async function comparison() {
  const measurements = await compare(
    [
      { name: "a plain <loop>", sample: slowing(10) },
      { name: "ours", sample: slowing(5) },
    ],
    5,
  );
  const results = withTargets(measurements, { ours: { of: "ratio", is: "≤", bound: 0.6 } });
  return { title: "Work", unit: "milliseconds", better: "lower" as const, isInChart: true, results };
}

it("compares samples of the same round", async () => {
  const { results } = await comparison();
  expect(results[1]).toMatchObject({
    value: { median: 20, low: 15, high: 25 },
    ratio: { median: 0.5, low: 0.5, high: 0.5 },
  });
});

it("tells of targets that are met, and missed", async () => {
  const met = await comparison();
  const missed = { ...met, results: withTargets(met.results, { ours: { of: "value", is: "≤", bound: 19 } }) };
  expect(tableOf(met)).toMatch(/ours +20\.0 +15\.0 – 25\.0 +0\.50 × +≤ 0\.6 × met/);
  expect(summaryOf([met, missed])).toContain("1 of 2 targets met");
  expect(summaryOf([met, missed])).toContain("missed: Work: 20.0, target ≤ 19");
});

it("draws a bar for each result, and the target", async () => {
  const svg = chartOf([await comparison()]);
  expect(svg.match(/<rect class="(bar|ours)"/g)).toHaveLength(2);
  expect(svg).toContain("a plain &lt;loop>");
  expect(svg.match(/<rect class="target"/g)).toHaveLength(1);
});

it("answers with pages as large as the API's", () => {
  const bytes = encode(wirePage({ total: 5_000 }));
  const ids = new Set([1, 2].flatMap((page) => wirePage({ total: 5_000, page }).data.map(({ id }) => id)));
  expect(bytes.length).toBeGreaterThan(30_000);
  expect(bytes.length).toBeLessThan(36_000);
  expect(ids.size).toBe(200);
  expect(wirePage({ total: 5_000, page: 51 }).data).toEqual([]);
});
