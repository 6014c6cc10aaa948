import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../pkg-template/build/tools.mjs";
import { matrixFolder } from "./tools.ts";

const exec = promisify(execFile);
const fixtures = join(import.meta.dirname, "fixtures");

/** A place where the package is installed from its tarball, as users install it. */
export interface Project {
  readonly folder: string;
  /** The packed package. */
  readonly tarball: string;
  /** Copies a fixture, and what all of them share, into a folder of its own. */
  add(name: string, fixture: string): string;
  remove(): void;
}

/** Packs `pkg/` and installs it beside the tools: fixtures find both by looking upwards, as Node does. */
export async function createProject(): Promise<Project> {
  const runs = join(matrixFolder, "runs");
  mkdirSync(runs, { recursive: true });
  const folder = mkdtempSync(join(runs, "run-"));
  const { stdout } = await exec("npm", ["pack", "./pkg", "--json", "--pack-destination", folder], {
    cwd: root,
  });
  const tarball = join(folder, JSON.parse(stdout)[0].filename);
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  await exec("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock", tarball], { cwd: folder });
  return {
    folder,
    tarball,
    add(name, fixture) {
      const target = join(folder, name);
      for (const source of ["shared", fixture]) cpSync(join(fixtures, source), target, { recursive: true });
      return target;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
