// Gives the core whatever a fuzzer thinks of, and compares what it makes of that with what others make of it:
//   npm run fuzz -- [decode] [headers] [options] [--executions 10000000]
//   npm run fuzz -- --minimise
// What it finds stays in tests/fuzz/artifacts, and what it keeps in tests/fuzz/corpus. The second form makes new seeds of that, which
// are in git, and which `npm test` tries.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import {
  Complaint,
  cargoFuzz,
  installTool,
  main,
  root,
  run,
  say,
  toolEnvironment,
} from "../../pkg-template/build/tools.mjs";

const folder = join(root, "tests", "fuzz");

/** The targets, and the longest input of each, in bytes: what is longer is slower, and finds no more. */
const targets: Record<string, number> = { decode: 1024, headers: 256, options: 128 };

// Coverage needs options of the compiler that are not stable. The code has no `unsafe`, so an address sanitizer would only take time.
const environment = { ...toolEnvironment, RUSTC_BOOTSTRAP: "1" };
const build = ["--fuzz-dir", folder, "--sanitizer", "none"];

/** Runs a target, and prints how far it is each time that it has doubled. */
async function fuzz(target: string, executions: number): Promise<void> {
  const corpus = join(folder, "corpus", target);
  mkdirSync(corpus, { recursive: true });
  const options = [`-runs=${executions}`, "-print_final_stats=1", "-timeout=10", ...common(target)];
  const args = ["fuzz", "run", ...build, target, corpus, join(folder, "seeds", target), "--", ...options];
  const cargo = spawn("cargo", args, { cwd: root, env: environment, stdio: ["ignore", "inherit", "pipe"] });
  const closed = once(cargo, "close");
  let start = performance.now();
  let done = 0;
  for await (const line of createInterface(cargo.stderr)) {
    const [, count, what] = /^(?:#|stat::number_of_executed_units: )(\d+)\s*(\S*)/.exec(line) ?? [];
    if (count) done = Number(count);
    // From here on it runs; before, cargo may have compiled it.
    if (what === "INITED") start = performance.now();
    // It tells each input that it keeps, which are thousands.
    if (!count || what === "pulse") console.log(line);
  }
  const [code] = await closed;
  if (code !== 0)
    throw new Complaint(`${target}: what it found is above, and in tests/fuzz/artifacts/${target}.`);
  const seconds = (performance.now() - start) / 1000;
  say(`${target}: ${done} executions, ${Math.round(done / seconds)} per second, nothing found`);
}

/** Replaces the seeds by the fewest inputs that reach the same code as they, and as all that was ever kept. */
function minimise(target: string): void {
  const [seeds, corpus, merged] = ["seeds", "corpus", "merged"].map((name) => join(folder, name, target)) as [
    string,
    string,
    string,
  ];
  for (const path of [corpus, merged]) mkdirSync(path, { recursive: true });
  // Whether a place is reached, not how often; and few files, not short ones: otherwise there are hundreds.
  const options = ["-set_cover_merge=1", "-use_counters=0", ...common(target)];
  run("cargo", ["fuzz", "run", ...build, target, merged, seeds, corpus, "--", ...options], environment);
  rmSync(seeds, { recursive: true });
  renameSync(merged, seeds);
  say(`${target}: ${readdirSync(seeds).length} seeds`);
}

const common = (target: string) => [
  `-max_len=${targets[target]}`,
  `-dict=${join(folder, "dictionaries", `${target}.dict`)}`,
];

await main(async () => {
  const { values, positionals } = parseArgs({
    options: {
      executions: { type: "string", default: "1000000" },
      minimise: { type: "boolean", default: false },
    },
    allowPositionals: true,
  });
  const unknown = positionals.find((name) => !Object.hasOwn(targets, name));
  if (unknown) {
    throw new Complaint(
      `There is no target "${unknown}". The targets are: ${Object.keys(targets).join(", ")}.`,
    );
  }
  const executions = Number(values.executions);
  if (!Number.isSafeInteger(executions) || executions < 1) {
    throw new Complaint(`--executions is how many inputs are tried, not ${values.executions}.`);
  }
  installTool(cargoFuzz);
  for (const target of positionals.length > 0 ? positionals : Object.keys(targets)) {
    if (values.minimise) minimise(target);
    else {
      say(`Fuzzing: ${target}`);
      await fuzz(target, executions);
    }
  }
});
