import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const repository = join(import.meta.dirname, "../..");
const version = /^version = "(.*)"$/m.exec(readFileSync(join(repository, "Cargo.toml"), "utf8"))?.[1];

/** What the release workflow is told about a tag. */
function check(tag: string) {
  const script = join(repository, "pkg-template/build/check-release.mjs");
  const { status, stderr } = spawnSync(process.execPath, [script, tag], { encoding: "utf8" });
  return { status, complaint: stderr.trim() };
}

it("a tag that is not the crate's version is not released", () => {
  expect(check("v99.0.0")).toEqual({
    status: 1,
    complaint: `The tag is v99.0.0, but the version in Cargo.toml is ${version}.`,
  });
});

it("a version is released once the changelog has it", () => {
  const isInChangelog = readFileSync(join(repository, "CHANGELOG.md"), "utf8").includes(
    `\n## [${version}] - `,
  );
  expect(check(`v${version}`)).toEqual(
    isInChangelog
      ? { status: 0, complaint: "" }
      : { status: 1, complaint: `CHANGELOG.md has no section "## [${version}] - " and its date.` },
  );
});
