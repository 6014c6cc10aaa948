// The npm packages that only some tests need: each of their folders has a package-lock.json of its own.
import { packagesOf, run, say } from "../pkg-template/build/tools.mjs";

/** Installs what the lock of this folder says, unless it is there. */
export function installPackages(folder: string, what: string): void {
  const { areInstalled, noteInstalled } = packagesOf(folder);
  if (areInstalled) return;
  say(`Installing ${what} (once)`);
  run("npm", ["ci", "--prefix", folder, "--no-audit", "--no-fund"]);
  noteInstalled();
}
