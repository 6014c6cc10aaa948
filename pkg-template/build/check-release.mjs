// Refuses to release what is not ready: node pkg-template/build/check-release.mjs v1.2.3
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Complaint, main, root } from "./tools.mjs";

await main(() => {
  const tag = process.argv[2] ?? "";
  const version = /^version = "(.*)"$/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))?.[1];
  if (tag !== `v${version}`) {
    throw new Complaint(`The tag is ${tag || "missing"}, but the version in Cargo.toml is ${version}.`);
  }
  const changelog = readFileSync(join(root, "CHANGELOG.md"), "utf8");
  if (!changelog.includes(`\n## [${version}] - `)) {
    throw new Complaint(`CHANGELOG.md has no section "## [${version}] - " and its date.`);
  }
});
