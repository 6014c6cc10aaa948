// Builds the npm package into pkg/, unless nothing has changed since the last time.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  buildPackage,
  buildTrappingPackage,
  buildDecoder as bundleDecoder,
  buildPlain as packPlain,
} from "./package.ts";
import { main, root, say } from "./tools.mjs";

const inputs = [
  "src",
  "pkg-template/src",
  "pkg-template/build",
  "pkg-template/docs",
  "tests/bench/decoder.ts",
  "Cargo.toml",
  "Cargo.lock",
  "rust-toolchain.toml",
];
const templates = [
  "package.json",
  "tsconfig.json",
  "openapi.json",
  "README.md",
  "LICENSE-APACHE",
  "LICENSE-MIT",
];

/** Builds `pkg/` where it is missing or older than its sources. */
export const build = () => unlessCurrent("pkg", join("pkg", "index.js"), "the package", buildPackage);

/** The same for the package that the tests can make trap. */
export const buildTrapping = () =>
  unlessCurrent(
    "trapping",
    join("target", "trapping", "index.js"),
    "a package that can trap",
    buildTrappingPackage,
  );

/** The same for what wasm-pack alone makes of the crate. */
export const buildPlain = () =>
  unlessCurrent(
    "plain",
    join("target", "plain", "instaview_phone_numbers.js"),
    "the output of wasm-pack alone",
    packPlain,
  );

/** The same for what the benchmarks need of the core. */
export const buildDecoder = () =>
  unlessCurrent("decoder", join("target", "decoder", "index.js"), "the decoder alone", bundleDecoder);

async function unlessCurrent(name: string, result: string, what: string, make: () => unknown) {
  const current = fingerprint([
    ...inputs,
    ...templates.map((file) => join("pkg-template", file)),
    "package-lock.json",
  ]);
  const stamp = join(root, "target", `${name}.stamp`);
  const isCurrent = existsSync(join(root, result)) && existsSync(stamp);
  if (isCurrent && readFileSync(stamp, "utf8") === current) return;
  // Cargo compiles the dependencies once.
  const isFirst = !existsSync(join(root, "target", "wasm32-unknown-unknown"));
  say(`Building ${what}${isFirst ? " (the first time, about 40 seconds)" : ""}`);
  await make();
  writeFileSync(stamp, current);
}

/** A hash of the names and contents of the files, those within folders included. */
function fingerprint(paths: string[]): string {
  const hash = createHash("sha256");
  for (const path of paths.flatMap(filesOf)) {
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(root, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

function filesOf(path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path), { recursive: true, encoding: "utf8" })
    .map((name) => join(path, name))
    .filter((name) => statSync(join(root, name)).isFile())
    .sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(build);
