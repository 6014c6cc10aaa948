import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, it } from "vitest";

/** What is used of it: it has no types of its own. */
interface Semver {
  minVersion(range: string): { version: string };
  satisfies(version: string, range: string): boolean;
}
const { minVersion, satisfies }: Semver = createRequire(import.meta.url)("semver");

const repository = join(import.meta.dirname, "../..");
const read = (path: string) => JSON.parse(readFileSync(join(repository, path), "utf8"));
const { version: oldest } = minVersion(read("package.json").engines.node);

/** What this needs to know of a package in a package-lock.json. */
interface Locked {
  version: string;
  engines?: { node?: string };
}

const locks = [".", ...readdirSync(join(repository, "tests")).map((name) => join("tests", name))]
  .map((folder) => join(folder, "package-lock.json"))
  .filter((path) => existsSync(join(repository, path)));

// On a newer Node, as in continuous integration, npm does not warn of what an older one lacks.
it.each(locks)("every package of %s supports the oldest Node that this repository does", (path) => {
  const packages = Object.entries<Locked>(read(path).packages);
  const tooNew = packages.filter(([, { engines }]) => !satisfies(oldest, engines?.node ?? "*"));
  expect(tooNew.map(([name, { version, engines }]) => `${name} ${version}: Node ${engines?.node}`)).toEqual(
    [],
  );
});
