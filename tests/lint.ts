// Everything that is checked without running it.
import { build } from "../pkg-template/build/build.ts";
import { main, run } from "../pkg-template/build/tools.mjs";

const noWarnings = ["--", "-D", "warnings"];

await main(async () => {
  await build();
  run("cargo", ["fmt", "--check"]);
  run("cargo", ["clippy", "--quiet", "--all-targets", ...noWarnings]);
  run("cargo", ["clippy", "--quiet", "--all-targets", "--target", "wasm32-unknown-unknown", ...noWarnings]);
  run("cargo", ["doc", "--quiet", "--no-deps"], { RUSTDOCFLAGS: "-D warnings" });
  run("biome", ["check", "--error-on-warnings"]);
  run("tsc", ["--project", "tsconfig.json"]);
  console.log("Nothing to complain about.");
});
