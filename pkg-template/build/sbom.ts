// What other people's code is in the package, as a CycloneDX document: the crates that are compiled into the core. Of npm there is
// none. It has no time and no random number, so that the same sources give the same bytes.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library";
import { Complaint, output, root } from "./tools.mjs";

/** What cargo says of the crates that end up in the core. Tools for CycloneDX list macros as well, which only compile it. */
function cargoTree(): string {
  const graph = ["--target", "wasm32-unknown-unknown", "--edges", "normal,no-proc-macro", "--no-dedupe"];
  const form = ["--prefix", "depth", "--format", " {p} {l}"];
  const tree = output("cargo", ["tree", "--locked", ...graph, ...form]);
  if (!tree) throw new Complaint("Cargo cannot list the crates: `cargo tree --locked` fails.");
  return tree;
}

/** The SHA-256 of each crate, by name and version. */
function checksums(): Map<string, string> {
  const lock = readFileSync(join(root, "Cargo.lock"), "utf8");
  const entries = lock.matchAll(/name = "(.+)"\nversion = "(.+)"\nsource = ".+"\nchecksum = "(.+)"/g);
  return new Map(Array.from(entries, ([, name, version, checksum = ""]) => [`${name}@${version}`, checksum]));
}

function component(name: string, version: string, purl: string, license: string): Models.Component {
  return new Models.Component(Enums.ComponentType.Library, name, {
    bomRef: purl,
    purl,
    version,
    licenses: new Models.LicenseRepository([new Models.LicenseExpression(license)]),
  });
}

/** The document for this version of the package. */
export function softwareBillOfMaterials(name: string, version: string, license: string): string {
  const own = component(name, version, `pkg:npm/${name}@${version}`, license);
  const known = new Map<string, Models.Component>();
  const hashes = checksums();
  // The path from the package to the crate of the line before.
  const path: Models.Component[] = [];
  for (const line of cargoTree().split("\n")) {
    const match = /^(\d+) (\S+) v(\S+)(?: \(.*?\))? (.+)$/.exec(line);
    if (!match) throw new Complaint(`Cargo lists a crate without a license: ${line}`);
    const [, depth = "", crate = "", crateVersion = "", crateLicense = ""] = match;
    const id = `${crate}@${crateVersion}`;
    const hash = hashes.get(id);
    // The crates of this repository are the package itself.
    const used = hash
      ? (known.get(id) ?? component(crate, crateVersion, `pkg:cargo/${id}`, crateLicense))
      : own;
    if (hash) used.hashes.set(Enums.HashAlgorithm["SHA-256"], hash);
    known.set(id, used);
    const user = path[Number(depth) - 1];
    if (user && user !== used) user.dependencies.add(used.bomRef);
    path.splice(Number(depth), path.length, used);
  }

  const toolchain = readFileSync(join(root, "rust-toolchain.toml"), "utf8");
  const rust = /^channel = "(.*)"$/m.exec(toolchain)?.[1] ?? "";
  const std = component("rust-std", rust, `pkg:github/rust-lang/rust@${rust}`, "MIT OR Apache-2.0");
  own.dependencies.add(std.bomRef);
  const components = new Models.ComponentRepository([std, ...known.values()]);
  components.delete(own);
  const bom = new Models.Bom({ metadata: new Models.Metadata({ component: own }), components });
  const normalizer = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  return `${new Serialize.JsonSerializer(normalizer).serialize(bom, { sortLists: true, space: 2 })}\n`;
}
