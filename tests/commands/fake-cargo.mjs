// Stands in for cargo, with cargo-binstall or without: what it installs prints its version, and what it was told is in a file.
import { appendFileSync, chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const {
  FAKE_LOG = "",
  FAKE_BINSTALL,
  FAKE_COMPILING,
  CARGO_TARGET_DIR,
  CARGO_PROFILE_DEV_DEBUG,
} = process.env;
const [command, ...args] = process.argv.slice(2);
const crate = args.at(-1) ?? "";

/**
 * The value after an option.
 * @param {string} name
 */
const option = (name) => args[args.indexOf(name) + 1] ?? "";

/**
 * Writes the program of this crate.
 * @param {string} folder
 * @param {string} version
 */
function install(folder, version) {
  const program = join(folder, crate.replace("-cli", ""));
  mkdirSync(folder, { recursive: true });
  writeFileSync(program, `#!/bin/sh\necho "${crate} ${version}"\n`);
  chmodSync(program, 0o755);
}

if (command === "--version") {
  console.log("cargo 1.0.0");
} else if (command === "binstall" && !FAKE_BINSTALL) {
  process.exitCode = 101;
} else if (command === "binstall" && args[0] === "-V") {
  console.log("1.0.0");
} else {
  appendFileSync(FAKE_LOG, `${command} ${crate} ${option("--version")}\n`);
  if (command === "binstall") {
    if (FAKE_BINSTALL === "fails") process.exitCode = 94;
    else install(option("--install-path"), FAKE_BINSTALL === "works" ? option("--version") : "0.0.1");
  } else {
    mkdirSync(CARGO_TARGET_DIR ?? "", { recursive: true });
    const profile = args.includes("--debug") ? `dev, debug = ${CARGO_PROFILE_DEV_DEBUG}` : "release";
    console.log(`Compiling ${crate} (${profile})`);
    if (FAKE_COMPILING === "takes long") setTimeout(() => {}, 30_000);
    else if (FAKE_COMPILING === "fails") process.exitCode = 101;
    else install(join(option("--root"), "bin"), option("--version"));
  }
}
