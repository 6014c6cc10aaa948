// The npm packages that only some tests need: each of their folders has a package-lock.json of its own.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, say } from "../pkg-template/build/tools.mjs";

/** Installs what the lock of this folder says, unless it is there. */
export function installPackages(folder: string, what: string): void {
  const lock = createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex");
  const stamp = join(folder, "node_modules", ".installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  say(`Installing ${what} (once)`);
  run("npm", ["ci", "--prefix", folder, "--no-audit", "--no-fund"]);
  writeFileSync(stamp, lock);
}
