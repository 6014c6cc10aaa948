// Writes the fault table with its results as Markdown: target/faults.md.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Reporter, TestCase, TestModule } from "vitest/node";
import { expectedIn, type Result } from "./harness.ts";
import type { Engine, Expected, Row } from "./row.ts";
import { table } from "./table.ts";

declare module "vitest" {
  interface TaskMeta {
    /** What came of a row of the fault table. */
    fault?: Result;
  }
}

const file = fileURLToPath(new URL("../../target/faults.md", import.meta.url));
const names: Record<Engine, string> = {
  node: "Node",
  chromium: "Chromium",
  firefox: "Firefox",
  webkit: "WebKit",
};
const engines = Object.keys(names) as Engine[];

/** What came of the rows in each engine, by their names: a result, or the reason why there is none. */
type Results = Map<Engine, Map<string, Result | string>>;

export default class FaultReport implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]) {
    const results: Results = new Map();
    for (const module of modules) {
      const engine = engines.find((name) => module.moduleId.endsWith(`/faults/${name}.test.ts`));
      if (!engine) continue;
      const tests = [...module.children.allTests()];
      results.set(engine, new Map(tests.map((test) => [test.name, test.meta().fault ?? reasonOf(test)])));
    }
    if (results.size === 0) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, markdown(results));
  }
}

/** Why a test has no result. */
function reasonOf(test: TestCase): string {
  const result = test.result();
  if (result.state === "skipped") return `skipped: ${result.note ?? "not selected"}`;
  return `**fails**: ${result.errors?.[0]?.message}`;
}

function markdown(results: Results): string {
  const reasons: string[] = [];
  const groups = table.map(({ title, rows }) => {
    const header = ["What happens", "What the user gets", "Attempts", "Requests", "Virtual ms"];
    const columns = [...header, ...Object.values(names)];
    return [
      `## ${title}`,
      "",
      `| ${columns.join(" | ")} |`,
      `|${"---|".repeat(columns.length)}`,
      ...rows.map((row) => line(row, reasons, results)),
      "",
    ].join("\n");
  });
  const notes = reasons.map((reason, index) => `${index + 1}. ${reason}.`);
  return `# Faults\n\n${[...groups, ...notes, "", ...latencies(results)].join("\n")}\n`;
}

function line(row: Row, reasons: string[], results: Results): string {
  const usual = expectedIn("node", row);
  /** What is expected everywhere, and what in the engines that differ, with the number of the reason. */
  const everywhere = (read: (expected: Expected) => unknown) => {
    const differing = (row.differences ?? []).flatMap(({ in: differentIn, because }) => {
      if (!reasons.includes(because)) reasons.push(because);
      const where = differentIn.filter((engine) => read(expectedIn(engine, row)) !== read(usual));
      const [first] = where;
      if (!first) return [];
      const engineNames = where.map((engine) => names[engine]).join(", ");
      return [`in ${engineNames} ${read(expectedIn(first, row))} (${reasons.indexOf(because) + 1})`];
    });
    return [String(read(usual)), ...differing].join("; ");
  };
  const cells = [
    row.name.replaceAll("|", "\\|"),
    everywhere(({ outcome, status }) => (status === undefined ? outcome : `${outcome}, ${status}`)),
    everywhere(({ requests = 1, attempts = requests }) => attempts),
    everywhere(({ requests = 1 }) => requests),
    everywhere(({ ms = 0 }) => ms),
    ...engines.map((engine) => verdict(results.get(engine)?.get(row.name) ?? "not run")),
  ];
  return `| ${cells.join(" | ")} |`;
}

function verdict(result: Result | string): string {
  if (typeof result === "string") return result;
  return result.failures.length === 0 ? "holds" : `**fails**: ${result.failures.join("; ")}`;
}

/** How long it takes, in real time, from an abort to the rejection. */
function latencies(results: Results): string[] {
  return [...results].flatMap(([engine, ofEngine]) => {
    const measured = [...ofEngine.values()]
      .flatMap((result) => (typeof result === "string" ? [] : (result.abortLatency ?? [])))
      .sort((a, b) => a - b);
    const [median, longest] = [measured[Math.floor(measured.length / 2)], measured.at(-1)];
    if (median === undefined || longest === undefined) return [];
    const spread = `median ${median.toFixed(2)} ms, longest ${longest.toFixed(2)} ms`;
    return [`From an abort to the rejection in ${names[engine]}, ${measured.length} rows: ${spread}.`, ""];
  });
}
