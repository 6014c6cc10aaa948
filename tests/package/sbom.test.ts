import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { expect, it } from "vitest";

const repository = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(repository, path), "utf8");
const text = read("pkg/sbom.cdx.json");
const { metadata, components, dependencies } = JSON.parse(text);

it("is valid CycloneDX", async () => {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  expect(await validator.validate(text)).toBeNull();
  expect(await validator.validate(text.replace('"library"', '"book"'))).not.toBeNull();
});

it("is that of this version of the package", () => {
  const { name, version } = JSON.parse(read("pkg/package.json"));
  expect(metadata.component).toMatchObject({ name, version, purl: `pkg:npm/${name}@${version}` });
});

it("lists the crates of Cargo.toml, and what they need", () => {
  const [, manifest = ""] = /\[dependencies\]\n(.*?)\n\n/s.exec(read("Cargo.toml")) ?? [];
  const direct = manifest.split("\n").map((line) => line.split(" ", 1)[0]);
  const names = components.map(({ name }: { name: string }) => name);
  // `scan` is a part of the package itself.
  expect(names).toEqual(expect.arrayContaining(direct.filter((name) => name !== "scan")));
  expect(names).toEqual(expect.arrayContaining(["http", "futures-util", "rust-std"]));
});

it("lists nothing that only compiles the core, or tests it", () => {
  const names = components.map(({ name }: { name: string }) => name);
  for (const name of ["syn", "serde_derive", "tsify-macros", "proptest", "wasm-bindgen-test", "redis"]) {
    expect(names).not.toContain(name);
  }
});

it("has each crate's checksum, license and users", () => {
  const lock = read("Cargo.lock");
  const used = dependencies.flatMap(({ dependsOn = [] }: { dependsOn?: string[] }) => dependsOn);
  for (const { name, version, hashes, licenses, purl } of components) {
    expect(licenses, name).toHaveLength(1);
    expect(used, name).toContain(purl);
    if (name === "rust-std") continue;
    expect(lock).toContain(`name = "${name}"\nversion = "${version}"`);
    expect(lock).toContain(`checksum = "${hashes[0].content}"`);
  }
});

it("says nothing of the machine that made it", () => {
  expect(text).not.toContain(repository);
  expect(JSON.parse(text)).not.toHaveProperty("serialNumber");
  expect(metadata).not.toHaveProperty("timestamp");
});
