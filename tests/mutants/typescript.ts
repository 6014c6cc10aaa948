// The mutants of the package's TypeScript, by Stryker.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { build, buildTrapping } from "../../pkg-template/build/build.ts";
import { Complaint, root, say, toolEnvironment } from "../../pkg-template/build/tools.mjs";
import { installPackages } from "../packages.ts";
import type { Mutant, Scope } from "./mutant.ts";

const folder = join(root, "tests", "mutants");
const sources = "pkg-template/src";

interface Position {
  line: number;
  column: number;
}

interface Report {
  files: Record<string, { source: string; mutants: ReportedMutant[] }>;
}

interface ReportedMutant {
  mutatorName: string;
  replacement: string;
  status: "Killed" | "Timeout" | "Survived" | "NoCoverage" | "RuntimeError" | "CompileError" | "Ignored";
  location: { start: Position; end: Position };
}

export async function runTypeScript({ shard, files }: Scope): Promise<Mutant[]> {
  // The core, which Stryker leaves as it is.
  await build();
  await buildTrapping();
  installPackages(folder, "Stryker");
  installPackages(join(root, "tests", "redis"), "older clients of Redis");
  const named = files.length > 0 ? files.filter((file) => file.endsWith(".ts")) : inShard(shard);
  if (named.length === 0) return [];
  say(`Changing the TypeScript of ${named.length} files`);
  const stryker = join(folder, "node_modules", "@stryker-mutator", "core", "bin", "stryker.js");
  const args = [stryker, "run", join(folder, "stryker.config.mjs"), "--mutate", named.join(",")];
  const { status } = spawnSync(process.execPath, args, { cwd: root, env: toolEnvironment, stdio: "inherit" });
  if (status !== 0) throw new Complaint("Stryker failed: what it says is above.");
  return read(join(root, "target", "mutants", "typescript.json"));
}

/** The source files of this part: each goes to the part that has the least so far, the longest first. */
function inShard({ part, parts }: Scope["shard"]): string[] {
  const all = readdirSync(join(root, sources), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .map((name) => ({ name: `${sources}/${name}`, size: statSync(join(root, sources, name)).size }))
    .sort((a, b) => b.size - a.size);
  const shards = Array.from({ length: parts }, () => ({ size: 0, names: [] as string[] }));
  for (const { name, size } of all) {
    const smallest = shards.reduce((least, shard) => (shard.size < least.size ? shard : least));
    smallest.size += size;
    smallest.names.push(name);
  }
  return shards[part - 1]?.names ?? [];
}

function read(file: string): Mutant[] {
  const report: Report = JSON.parse(readFileSync(file, "utf8"));
  return Object.entries(report.files).flatMap(([path, { source, mutants }]) => {
    const lines = source.split("\n");
    return mutants
      .filter(({ status }) => status !== "Ignored")
      .map(({ mutatorName, replacement, status, location: { start, end } }) => {
        const original = [...lines.slice(start.line - 1, end.line)];
        // The end first: it may be on the line of the start.
        original.push((original.pop() ?? "").slice(0, end.column - 1));
        original[0] = (original[0] ?? "").slice(start.column - 1);
        const change = `${oneLine(original.join(" "))} → ${oneLine(replacement)} (${mutatorName})`;
        return {
          name: `${path}: ${change}`,
          place: `${path}:${start.line}: ${change}`,
          outcome: outcomeOf(status),
        };
      });
  });
}

function outcomeOf(status: ReportedMutant["status"]): Mutant["outcome"] {
  if (status === "Killed" || status === "Timeout") return "caught";
  // A RuntimeError is none: Stryker's runner has crashed, also where every test passes.
  return status === "CompileError" ? "unviable" : "missed";
}

const oneLine = (code: string) => code.replace(/\s+/g, " ").trim();
