// Writes the fault table with its results as Markdown: target/faults.md.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Reporter, TestModule } from "vitest/node";
import { expectedAt, type Result } from "./harness.ts";
import type { Row } from "./row.ts";
import { table } from "./table.ts";

declare module "vitest" {
  interface TaskMeta {
    /** What came of a row of the fault table. */
    fault?: Result;
  }
}

const file = fileURLToPath(new URL("../../target/faults.md", import.meta.url));
const places = { "node.test.ts": "Node", "chromium.test.ts": "Chromium" };
type Place = (typeof places)[keyof typeof places];
type Results = Map<Place, Map<string, Result | undefined>>;

export default class FaultReport implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]) {
    const results: Results = new Map();
    for (const module of modules) {
      const place = Object.entries(places).find(([name]) => module.moduleId.endsWith(`/faults/${name}`))?.[1];
      if (!place) continue;
      const tests = [...module.children.allTests()];
      results.set(place, new Map(tests.map((test) => [test.name, test.meta().fault])));
    }
    if (results.size === 0) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, markdown(results));
  }
}

function markdown(results: Results): string {
  const differences = new Set<string>();
  const groups = table.map(({ title, rows }) => {
    const lines = rows.map((row) => {
      if (row.inBrowser) differences.add(row.inBrowser.because);
      return line(row, [...differences], results);
    });
    return [
      `## ${title}`,
      "",
      "| What happens | What the user gets | Attempts | Requests | Virtual ms | Node | Chromium |",
      "|---|---|---|---|---|---|---|",
      ...lines,
      "",
    ].join("\n");
  });
  const notes = [...differences].map((because, index) => `${index + 1}. ${because}.`);
  return `# Faults\n\n${[...groups, ...notes, "", ...latencies(results)].join("\n")}\n`;
}

function line(row: Row, differences: string[], results: Results): string {
  const here = expectedAt(row, false);
  const browser = expectedAt(row, true);
  const note = row.inBrowser ? ` (${differences.indexOf(row.inBrowser.because) + 1})` : "";
  const both = (of: (expected: typeof here) => unknown) => {
    const [inNode, inBrowser] = [String(of(here)), String(of(browser))];
    return inNode === inBrowser ? inNode : `${inNode}, in Chromium ${inBrowser}${note}`;
  };
  const cells = [
    row.name.replaceAll("|", "\\|"),
    both(({ outcome, status }) => (status === undefined ? outcome : `${outcome}, ${status}`)),
    both(({ requests = 1, attempts = requests }) => attempts),
    both(({ requests = 1 }) => requests),
    both(({ ms = 0 }) => ms),
    ...Object.values(places).map((place) => verdict(results.get(place)?.get(row.name))),
  ];
  return `| ${cells.join(" | ")} |`;
}

function verdict(result: Result | undefined): string {
  if (!result) return "not run";
  return result.failures.length === 0 ? "holds" : `**fails**: ${result.failures.join("; ")}`;
}

/** How long it takes, in real time, from an abort to the rejection. */
function latencies(results: Results): string[] {
  return [...results].flatMap(([place, ofPlace]) => {
    const measured = [...ofPlace.values()]
      .flatMap((result) => result?.abortLatency ?? [])
      .sort((a, b) => a - b);
    const [median, longest] = [measured[Math.floor(measured.length / 2)], measured.at(-1)];
    if (median === undefined || longest === undefined) return [];
    const spread = `median ${median.toFixed(2)} ms, longest ${longest.toFixed(2)} ms`;
    return [`From an abort to the rejection in ${place}, ${measured.length} rows: ${spread}.`, ""];
  });
}
