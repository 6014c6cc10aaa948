// The tools that npm does not install: where they are, and how to get them. Plain JavaScript without dependencies,
// because it runs before `npm ci`.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
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

/** The binaries, and the crate that each comes from. */
const tools = [
  { binary: "wasm-pack", crate: "wasm-pack", version: pinned("wasm-pack"), minutes: 2 },
  { binary: "wasm-bindgen", crate: "wasm-bindgen-cli", version: pinned("wasm-bindgen"), minutes: 4 },
];

/** @param {(typeof tools)[number]} tool */
const folderOf = ({ crate, version }) => join(toolsFolder, `${crate}-${version}`);

/** The environment in which the tools are found: the ones of this project first, then whatever is installed. */
export const toolEnvironment = {
  ...process.env,
  PATH: [
    join(root, "node_modules", ".bin"),
    ...tools.map((tool) => join(folderOf(tool), "bin")),
    process.env.PATH ?? "",
    join(homedir(), ".cargo", "bin"),
  ].join(delimiter),
};

/** The scanner takes sixteen bytes at once, where it is compiled like this. Every runtime that the package is for can do it. */
export const simd = "-Ctarget-feature=+simd128";

/** What npm installs are scripts on Windows, which only a shell can run. */
const shell = process.platform === "win32";

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
 */
export function output(command, args, input) {
  const options = { cwd: root, env: toolEnvironment, shell, input };
  const { status, stdout } = spawnSync(command, args, { ...options, encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** Installs what is missing of Rust's side: the toolchain, the wasm target, wasm-pack and wasm-bindgen. */
export function installRustTools() {
  if (!output("cargo", ["--version"])) {
    if (!output("rustup", ["--version"])) {
      throw new Complaint(
        "Rust is missing. Install it with rustup (https://rustup.rs), then run this again.",
      );
    }
    say("Installing the Rust toolchain of rust-toolchain.toml");
    run("rustup", ["toolchain", "install"]);
  }
  const target = "wasm32-unknown-unknown";
  if (!existsSync(output("rustc", ["--print", "target-libdir", "--target", target]) ?? "")) {
    say(`Adding the ${target} target to Rust`);
    run("rustup", ["target", "add", target]);
  }
  for (const tool of tools) {
    const installed = output(tool.binary, ["--version"])?.split(" ")[1];
    if (installed === tool.version) continue;
    say(`Installing ${tool.crate} ${tool.version} (once, about ${tool.minutes} minutes)`);
    run("cargo", ["install", "--locked", "--version", tool.version, "--root", folderOf(tool), tool.crate], {
      // Shared by both, and apart from this project's own.
      CARGO_TARGET_DIR: join(toolsFolder, "target"),
    });
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
