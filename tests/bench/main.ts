// Compares the package with others:
//   npm run bench                     everything, in about two minutes
//   npm run bench -- decode calls     the benchmarks that are named
//   npm run bench -- --full           with more samples, and a million calls
//   npm run bench -- --full --save    and keeps the results for the README, in tests/bench/results
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build, buildDecoder } from "../../pkg-template/build/build.ts";
import { Complaint, main, root, say } from "../../pkg-template/build/tools.mjs";
import { calls } from "./benchmarks/calls.ts";
import { decode } from "./benchmarks/decode.ts";
import { listing } from "./benchmarks/listing.ts";
import { memory } from "./benchmarks/memory.ts";
import { shared } from "./benchmarks/shared.ts";
import { size } from "./benchmarks/size.ts";
import { start } from "./benchmarks/start.ts";
import { chartOf } from "./chart.ts";
import { bundleScripts, folder, installPeers } from "./prepare.ts";
import { type Comparison, summaryOf, tableOf } from "./report.ts";

const benchmarks: Record<string, (isFull: boolean) => Promise<Comparison[]>> = {
  decode,
  calls,
  listing,
  start,
  size,
  memory,
  shared,
};

function readArguments() {
  const usage = `Usage: npm run bench -- [--full] [--save] [${Object.keys(benchmarks).join("|")}]...`;
  try {
    const { values, positionals } = parseArgs({
      options: { full: { type: "boolean", default: false }, save: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    if (positionals.every((name) => Object.hasOwn(benchmarks, name)))
      return { ...values, names: positionals };
  } catch {
    // An unknown option is answered with the usage, like an unknown name.
  }
  throw new Complaint(usage);
}

await main(async () => {
  const { full, save, names } = readArguments();
  if (save && names.length > 0) throw new Complaint("--save keeps the results of all benchmarks: name none.");
  installPeers();
  await build();
  await buildDecoder();
  await bundleScripts();

  const comparisons: Comparison[] = [];
  for (const [name, benchmark] of Object.entries(benchmarks)) {
    if (names.length > 0 && !names.includes(name)) continue;
    say(`Benchmark: ${name}`);
    for (const comparison of await benchmark(full)) {
      comparisons.push(comparison);
      console.log(tableOf(comparison));
    }
  }
  console.log(summaryOf(comparisons));

  const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const results = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}`,
    full,
    versions: dependencies,
    comparisons,
  };
  const target = save ? join(folder, "results") : join(root, "target");
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, "bench.json"), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(target, "bench.svg"), chartOf(comparisons));
  console.log(`\nWritten: bench.json and bench.svg, in ${target}`);
});
