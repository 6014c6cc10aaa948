// What Stryker runs in its copy of the repository: the package anew, with every mutant in it, around the core that is there.
import { mkdirSync } from "node:fs";
import { bundlePackage, bundleTrappingPackage } from "../../pkg-template/build/package.ts";

mkdirSync("pkg", { recursive: true });
await Promise.all([bundlePackage(), bundleTrappingPackage()]);
