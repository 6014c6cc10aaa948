// Everything that is checked without running it.
import { build } from "../pkg-template/build/build.ts";
import { main, run, simd } from "../pkg-template/build/tools.mjs";
import { installPeers } from "./bench/prepare.ts";

const onWasm = ["--target", "wasm32-unknown-unknown"];
const noWarnings = ["--", "-D", "warnings"];

await main(async () => {
  await build();
  run("cargo", ["fmt", "--all", "--check"]);
  const clippy = ["clippy", "--quiet", "--workspace", "--all-targets"];
  run("cargo", [...clippy, ...noWarnings]);
  run("cargo", [...clippy, "--all-features", ...onWasm, ...noWarnings], { RUSTFLAGS: simd });
  run("cargo", ["doc", "--quiet", "--workspace", "--no-deps"], { RUSTDOCFLAGS: "-D warnings" });
  run("biome", ["check", "--error-on-warnings"]);
  run("tsc", ["--project", "tsconfig.json"]);
  installPeers();
  run("tsc", ["--project", "tests/bench"]);
  console.log("Nothing to complain about.");
});
