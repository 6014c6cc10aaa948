// What the benchmarks find, and how it is told.
import type { Measurement, Spread } from "./compare.ts";

/** What is demanded of a result's value, or of its ratio to the baseline. */
export interface Target {
  of: "value" | "ratio";
  is: "≤" | "≥";
  bound: number;
}

/** Results that belong together; the first one is the baseline. */
export interface Comparison {
  title: string;
  /** What is measured, in what unit. */
  unit: string;
  /** Which of two values is the better one. */
  better: "lower" | "higher";
  /** Whether the chart shows it: one comparison says it for those that are alike. */
  isInChart: boolean;
  results: Result[];
}

/** One row of a comparison. */
export interface Result extends Measurement {
  /** Only results of this package have one. */
  target?: Target;
}

/** Whether a result reaches its target. */
function reaches(result: Result, { of, is, bound }: Target): boolean {
  const { median } = result[of];
  return is === "≤" ? median <= bound : median >= bound;
}

/** Adds the targets to the results of their names. */
export const withTargets = (measurements: Measurement[], targets: Record<string, Target>): Result[] =>
  measurements.map((measurement) => {
    const target = targets[measurement.name];
    return target ? { ...measurement, target } : measurement;
  });

/** Three digits that count. */
export function numberText(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString("en");
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
}

const targetText = ({ of, is, bound }: Target) => `${is} ${bound}${of === "ratio" ? " ×" : ""}`;
const bold = (text: string) => `\x1b[1m${text}\x1b[0m`;
const spreadText = ({ low, high }: Spread) =>
  low === high ? "" : `${numberText(low)} – ${numberText(high)}`;

/** A table with a row for each result. */
export function tableOf({ title, unit, better, results }: Comparison): string {
  const rows = results.map((result, index) => [
    result.name,
    numberText(result.value.median),
    spreadText(result.value),
    index === 0 ? "baseline" : `${result.ratio.median.toFixed(2)} ×`,
    index === 0 ? "" : spreadText(result.ratio),
    result.target ? `${targetText(result.target)} ${reaches(result, result.target) ? "met" : "missed"}` : "",
  ]);
  const lines = [["", "median", "quartiles", "ratio", "quartiles", "target"], ...rows];
  const widthOf = (column: number) => Math.max(...lines.map((line) => line[column]?.length ?? 0));
  const table = lines.map((line) => {
    const [name = "", ...cells] = line;
    const aligned = cells.map((cell, index) => cell.padStart(widthOf(index + 1)));
    return [name.padEnd(widthOf(0)), ...aligned].join("  ").trimEnd();
  });
  return [bold(title), `${unit}; ${better} is better`, ...table, ""].join("\n");
}

/** How many targets are reached, and which are not. */
export function summaryOf(comparisons: Comparison[]): string {
  const targets = comparisons.flatMap(({ title, results }) =>
    results.flatMap((result) => (result.target ? [{ title, result, target: result.target }] : [])),
  );
  const missed = targets.filter(({ result, target }) => !reaches(result, target));
  const lines = missed.map(
    ({ title, result, target }) =>
      `  missed: ${title}: ${numberText(result[target.of].median)}, target ${targetText(target)}`,
  );
  return [bold(`${targets.length - missed.length} of ${targets.length} targets met`), ...lines].join("\n");
}
