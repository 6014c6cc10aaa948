// The tools of the matrix: many and large, so they are no part of the repository's own packages.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, say, toolsFolder } from "../../pkg-template/build/tools.mjs";

const manifests = ["package.json", "package-lock.json"];
const digest = manifests
  .reduce((hash, name) => hash.update(readFileSync(join(import.meta.dirname, name))), createHash("sha256"))
  .digest("hex");

/** Shared by every clone; outside of the repository, whose own packages and settings are out of reach there. */
export const matrixFolder = join(toolsFolder, `matrix-${digest.slice(0, 12)}`);

/** A file of a tool, such as `webpack-cli/bin/cli.js`. */
export const toolPath = (path: string) => join(matrixFolder, "node_modules", path);

/** Installs the tools once. */
export function installTools(): void {
  const stamp = join(matrixFolder, ".installed");
  if (existsSync(stamp)) return;
  say("Installing the tools of the matrix (once, about 3 minutes)");
  mkdirSync(matrixFolder, { recursive: true });
  for (const name of manifests) copyFileSync(join(import.meta.dirname, name), join(matrixFolder, name));
  // Not `npm ci`: it wants the optional packages of every platform in the lock, and no registry has them all.
  run("npm", ["install", "--prefix", matrixFolder, "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(stamp, "");
}
