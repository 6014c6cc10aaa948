// The tools that npm does not install: where they are, and how to get them. Plain JavaScript without dependencies,
// because it runs before `npm ci`.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** Shared by every clone of this project, so that the minutes of compiling are spent once. */
export const toolsFolder =
  process.env.INSTAVIEW_TOOLS ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "instaview-phone-numbers", "tools");

const cargoToml = readFileSync(join(root, "Cargo.toml"), "utf8");

/** @param {string} name */
function pinned(name) {
  const version = new RegExp(`^${name} = "=?([\\d.]+)"`, "m").exec(cargoToml)?.[1];
  if (!version) throw new Complaint(`Cargo.toml pins no version of ${name}.`);
  return version;
}

/** The binaries that everything needs, and the crate that each comes from. */
export const tools = [
  { binary: "wasm-pack", crate: "wasm-pack", version: pinned("wasm-pack") },
  { binary: "wasm-bindgen", crate: "wasm-bindgen-cli", version: pinned("wasm-bindgen") },
];

/**
 * A command of cargo that only some commands of the project need, which install it.
 * @param {string} command
 */
const cargoCommand = (command) => {
  const crate = `cargo-${command}`;
  return { binary: crate, crate, version: pinned(crate), command };
};

export const cargoDeny = cargoCommand("deny");
export const cargoMutants = cargoCommand("mutants");
export const cargoFuzz = cargoCommand("fuzz");

/** @typedef {(typeof tools)[number] & { command?: string }} Tool */

/** @param {Tool} tool */
const folderOf = ({ crate, version }) => join(toolsFolder, `${crate}-${version}`);

/** The environment in which the tools are found: the ones of this project first, then whatever is installed. */
export const toolEnvironment = {
  ...process.env,
  PATH: [
    join(root, "node_modules", ".bin"),
    ...[...tools, cargoDeny, cargoMutants, cargoFuzz].map((tool) => join(folderOf(tool), "bin")),
    process.env.PATH ?? "",
    join(homedir(), ".cargo", "bin"),
  ].join(delimiter),
};

/** The scanner takes sixteen bytes at once, where it is compiled like this. Every runtime that the package is for can do it. */
export const simd = "-Ctarget-feature=+simd128";

/** What npm installs are scripts on Windows, which only a shell can run. */
export const shell = process.platform === "win32";

/**
 * Runs a command to its end, its output in view.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [environment]
 */
export function run(command, args, environment = {}) {
  const options = { cwd: root, env: { ...toolEnvironment, ...environment } };
  const { status, error } = spawnSync(command, args, { ...options, shell, stdio: "inherit" });
  if (status !== 0)
    throw new Complaint(`\`${command} ${args.join(" ")}\` failed${error ? `: ${error.message}` : "."}`);
}

/**
 * What a command prints, or nothing where it is missing or fails.
 * @param {string} command
 * @param {string[]} args
 * @param {string} [input]
 * @param {NodeJS.ProcessEnv} [environment]
 */
export function output(command, args, input, environment = {}) {
  const options = { cwd: root, env: { ...toolEnvironment, ...environment }, shell, input };
  const { status, stdout } = spawnSync(command, args, { ...options, encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * Whether the packages of this folder are those of its package-lock.json, and what notes that they are.
 * @param {string} folder
 */
export function packagesOf(folder) {
  const lock = createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex");
  const stamp = join(folder, "node_modules", ".installed");
  return {
    areInstalled: existsSync(stamp) && readFileSync(stamp, "utf8") === lock,
    noteInstalled: () => writeFileSync(stamp, lock),
  };
}

/** Installs what is missing of Rust's side: the toolchain, the wasm target, wasm-pack and wasm-bindgen. */
export async function installRustTools() {
  // Otherwise rustup would install a missing toolchain here, for a minute without a word.
  if (!output("cargo", ["--version"], undefined, { RUSTUP_AUTO_INSTALL: "0" })) {
    if (!output("rustup", ["--version"])) {
      throw new Complaint(
        "Rust is missing. Install it with rustup (https://rustup.rs), then run this again.",
      );
    }
    say("Installing the Rust toolchain of rust-toolchain.toml (once, about a minute)");
    run("rustup", ["toolchain", "install"]);
  }
  const target = "wasm32-unknown-unknown";
  if (!existsSync(output("rustc", ["--print", "target-libdir", "--target", target]) ?? "")) {
    say(`Adding the ${target} target to Rust (once, a few seconds)`);
    run("rustup", ["target", "add", target]);
  }
  for (const tool of tools) installTool(tool);
}

/**
 * Whether a tool is found, in the version that Cargo.toml names.
 * @param {Tool} tool
 */
const isInstalled = ({ binary, version, command }) =>
  output(binary, command ? [command, "--version"] : ["--version"])?.split(" ")[1] === version;

/**
 * Downloads a tool that is missing where cargo-binstall is installed, and compiles it where that does not help.
 * @param {Tool} tool
 */
export function installTool(tool) {
  if (isInstalled(tool)) return;
  if (output("cargo", ["binstall", "-V"])) {
    download(tool);
    if (isInstalled(tool)) return;
  }
  compile(tool);
}

/** @param {Tool} tool */
function download(tool) {
  say(`Downloading ${tool.crate} ${tool.version} with cargo-binstall (once, a few seconds)`);
  const options = ["--no-confirm", "--log-level", "error", "--version", tool.version];
  // Not compiled by cargo-binstall, which optimizes. A path, because one in the user's settings goes before a root.
  options.push("--disable-strategies", "compile", "--install-path", join(folderOf(tool), "bin"));
  try {
    run("cargo", ["binstall", ...options, tool.crate]);
  } catch {
    // It has said why: there may be no binary for this machine, or no network.
  }
}

/** @param {Tool} tool */
function compile(tool) {
  say(`Compiling ${tool.crate} ${tool.version} (once, about a minute)`);
  // Half a gigabyte, so not in a temporary folder, which may be memory.
  const target = join(toolsFolder, `target-${process.pid}`);
  // Ctrl-C ends cargo. This process goes on to remove the folder, and then fails because cargo did.
  const goOn = () => {};
  process.on("SIGINT", goOn);
  try {
    // Without optimization it takes a quarter of the time; the tools take 0.1 s longer, and write the same bytes.
    const options = ["--locked", "--debug", "--version", tool.version, "--root", folderOf(tool)];
    run("cargo", ["install", ...options, tool.crate], {
      CARGO_TARGET_DIR: target,
      CARGO_PROFILE_DEV_DEBUG: "0",
    });
  } finally {
    process.off("SIGINT", goOn);
    rmSync(target, { recursive: true, force: true });
  }
}

/** What the user can mend: told in a sentence, without a stack. */
export class Complaint extends Error {}

/**
 * Runs the task of a command.
 * @param {() => unknown} task
 */
export async function main(task) {
  try {
    await task();
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** @param {string} text */
export function say(text) {
  console.log(`\x1b[1m▸ ${text}\x1b[0m`);
}
