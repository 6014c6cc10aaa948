// How the results of the matrix are shown.

/** What a row came to in one place. */
export interface Result {
  row: string;
  /** Such as a browser; empty where the row says it all. */
  place: string;
  outcome: "passed" | "failed" | "skipped";
  /** Why it failed or was skipped. */
  detail: string;
  seconds: number;
}

/** Shows that the matrix goes on. */
export function printLine({ row, place, outcome, detail, seconds }: Result) {
  const title = [row, place].filter(Boolean).join(" · ");
  console.log(`${outcome.padEnd(7)} ${title} (${seconds.toFixed(1)} s)${detail ? `\n${detail}` : ""}`);
}

export function printTable(results: Result[]) {
  const cells = results.map(({ row, place, outcome, detail, seconds }) => [
    row,
    place,
    outcome === "skipped" ? `skipped: ${detail}` : outcome,
    `${seconds.toFixed(1)} s`,
  ]);
  const header = ["lists phone numbers in", "opened in", "result", "time"];
  const widths = header.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const format = (row: string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
  console.log(`\n${format(header)}\n${widths.map((width) => "─".repeat(width)).join("──")}`);
  for (const row of cells) console.log(format(row));
  const count = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
  console.log(`\n${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped`);
}
