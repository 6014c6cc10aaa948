import type { Checker } from "./checker.ts";
import type { Sample } from "./memory.ts";

/** What a run has come to so far. */
export interface Progress {
  seed: number;
  rounds: number;
  /** Virtual milliseconds. */
  passed: number;
  checker: Checker;
}

const MOST_COMPLAINTS = 20;

const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** How far it is, and what is in use. */
export function progressLine(tenth: number, { rounds, passed, checker }: Progress, sample: Sample): string {
  const { heap, bytes, held } = sample;
  const done = `${rounds} rounds, ${checker.calls} calls, ${checker.requests} requests, ${hours(passed)} virtual hours`;
  return `${tenth}/10: ${done}; heap ${mb(heap)}, core ${mb(bytes)}, ${held} values held`;
}

/** Everything that was met, the most frequent first; and which of these faults were not. */
export function summary({ passed, rounds, checker }: Progress, names: readonly string[]): string {
  const { calls, requests, outcomes, faults } = checker;
  return [
    table("Faults met", faults),
    `Faults not met: ${names.filter((name) => !faults.has(name)).join("; ") || "none"}\n`,
    table("Outcomes", outcomes),
    `${rounds} rounds, ${calls} calls, ${requests} requests, ${hours(passed)} virtual hours, ${faults.size} kinds of faults.`,
  ].join("\n");
}

/** What does not hold, and how to see it again. */
export function failure({ seed, rounds, checker }: Progress): string {
  const { complaints } = checker;
  const lines = complaints.slice(0, MOST_COMPLAINTS).map(({ step, message }) => `  ${step}: ${message}`);
  const rest = complaints.length - lines.length;
  return [
    `Seed ${seed}, round ${rounds}, by user and step:`,
    ...lines,
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    `The same again: npm run soak -- --seed ${seed} --round ${rounds}`,
  ].join("\n");
}

function hours(milliseconds: number): string {
  return (milliseconds / 3_600_000).toFixed(1);
}

function table(title: string, counts: ReadonlyMap<string, number>): string {
  const rows = [...counts].sort(([, a], [, b]) => b - a);
  return [`${title}:`, ...rows.map(([name, count]) => `${String(count).padStart(8)}  ${name}`), ""].join(
    "\n",
  );
}
