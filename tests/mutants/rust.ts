// The mutants of the modules that know nothing of JavaScript, by cargo-mutants.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  Complaint,
  cargoMutants,
  installTool,
  root,
  say,
  toolEnvironment,
} from "../../pkg-template/build/tools.mjs";
import type { Mutant, Scope } from "./mutant.ts";

/** Modules, and the tests that are about them: the others would only take their time. */
const groups = [
  {
    name: "decoder",
    has: (file: string) => /^src\/(scan|decode)\//.test(file),
    files: ["src/scan/**", "src/decode/**"],
    // Runs in WebAssembly alone, where it must do what block/plain.rs does natively.
    excluded: ["src/scan/block/simd.rs"],
    tests: [
      ...["--workspace", "--test-package=instaview-phone-numbers", "--test-package=scan"],
      ...["-C=--lib", "-C=--test=decode"],
    ],
  },
  {
    name: "core",
    has: (file: string) => /^src\/(?!scan|decode|web).*\.rs$/.test(file),
    files: ["src/*.rs", "src/options/**", "src/rate_limit/**"],
    excluded: ["src/rate_limit/{limiter,model,tests,report_tests,window_tests}.rs"],
    tests: ["-C=--lib"],
  },
];

const environment = {
  ...toolEnvironment,
  // Thousands of random documents: optimized code takes a tenth of the time.
  CARGO_PROFILE_DEV_OPT_LEVEL: "1",
  // Kept, so that the dependencies are compiled once.
  CARGO_TARGET_DIR: join(root, "target", "mutants", "cargo"),
  // What fails has been noticed: a shorter example is of no use.
  PROPTEST_MAX_SHRINK_ITERS: "0",
};

/** A loop that does not end any more may take all memory, before it has taken too long. */
const limited = 'ulimit -v 8388608; exec "$0" "$@"';

interface Outcome {
  scenario: "Baseline" | { Mutant: { name: string } };
  summary: "CaughtMutant" | "MissedMutant" | "Timeout" | "Unviable" | "Success" | "Failure";
}

const outcomes = {
  CaughtMutant: "caught",
  Timeout: "caught",
  MissedMutant: "missed",
  Unviable: "unviable",
} as const;

export async function runRust({ shard, files }: Scope): Promise<Mutant[]> {
  installTool(cargoMutants);
  const mutants: Mutant[] = [];
  for (const { name, has, files: all, excluded, tests } of groups) {
    const own = files.filter(has);
    if (files.length > 0 && own.length === 0) continue;
    say(`Changing the Rust of the ${name}`);
    const folder = join(root, "target", "mutants", name);
    const scope = [
      ...all.flatMap((file) => ["--file", file]),
      ...excluded.flatMap((file) => ["--exclude", file]),
    ];
    const named = own.map((file) => `^${file.replaceAll(".", "\\.")}:`);
    const args = ["mutants", "--output", folder, "--timeout", "20", "--colors", "never"];
    args.push("--shard", `${shard.part - 1}/${shard.parts}`, "--sharding", "round-robin", ...scope, ...tests);
    if (named.length > 0) args.push("--re", named.join("|"));
    rmSync(folder, { recursive: true, force: true });
    const { status } = spawnSync("sh", ["-c", limited, "cargo", ...args], {
      cwd: root,
      env: environment,
      stdio: "inherit",
    });
    // 2 and 3: some were missed, or took too long.
    if (status === null || ![0, 2, 3].includes(status))
      throw new Complaint("cargo mutants failed: what it says is above.");
    mutants.push(...read(join(folder, "mutants.out", "outcomes.json")));
  }
  return mutants;
}

function read(file: string): Mutant[] {
  // There is none where no mutant is in the files that were named.
  if (!existsSync(file)) return [];
  const report: { outcomes: Outcome[] } = JSON.parse(readFileSync(file, "utf8"));
  return report.outcomes.flatMap(({ scenario, summary }) => {
    if (scenario === "Baseline" || summary === "Success" || summary === "Failure") return [];
    const place = scenario.Mutant.name;
    return [{ name: place.replace(/:\d+:\d+:/, ":"), place, outcome: outcomes[summary] }];
  });
}
