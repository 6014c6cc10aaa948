// Builds the npm package into pkg/, unless nothing has changed since the last time.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildPackage } from "./package.ts";
import { main, root, say } from "./tools.mjs";

const inputs = [
  "src",
  "pkg-template/src",
  "pkg-template/build",
  "Cargo.toml",
  "Cargo.lock",
  "rust-toolchain.toml",
];
const templates = ["package.json", "tsconfig.json", "README.md", "LICENSE-APACHE", "LICENSE-MIT"];
const stamp = join(root, "target", "pkg.stamp");

/** Builds `pkg/` where it is missing or older than its sources. */
export async function build(): Promise<void> {
  const current = fingerprint([
    ...inputs,
    ...templates.map((name) => join("pkg-template", name)),
    "package-lock.json",
  ]);
  const isCurrent = existsSync(join(root, "pkg", "index.js")) && existsSync(stamp);
  if (isCurrent && readFileSync(stamp, "utf8") === current) return;
  say("Building the package");
  await buildPackage();
  writeFileSync(stamp, current);
}

/** A hash of the names and contents of the files, those within folders included. */
function fingerprint(paths: string[]): string {
  const hash = createHash("sha256");
  for (const path of paths.flatMap(filesOf)) {
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(root, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

function filesOf(path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path), { recursive: true, encoding: "utf8" })
    .map((name) => join(path, name))
    .filter((name) => statSync(join(root, name)).isFile())
    .sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(build);
