// Where the code comes from that is in the package, and that builds and tests it.
//   npm run supply-chain                 licenses, sources and versions of the crates, by deny.toml
//   npm run supply-chain -- --online     also known weaknesses of theirs, and the signatures of npm's packages
import { parseArgs } from "node:util";
import { cargoDeny, installTool, main, run, say } from "../pkg-template/build/tools.mjs";

await main(() => {
  const { values } = parseArgs({ options: { online: { type: "boolean" } } });
  installTool(cargoDeny);
  run("cargo-deny", ["--locked", "check", "bans", "licenses", "sources"]);
  if (!values.online) {
    say("Not checked: advisories and signatures, which are not in a registry (-- --online)");
    return;
  }
  run("cargo-deny", ["--locked", "check", "advisories"]);
  run("npm", ["audit", "signatures"]);
});
