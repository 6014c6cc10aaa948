// What the set-up does on machines that lack things, with a cargo and an npm that only pretend to install them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { root, tools } from "../../pkg-template/build/tools.mjs";

const [wasmPack = "", wasmBindgen = ""] = tools.map(({ crate, version }) => `${crate} ${version}`);

/** The set-up's own files, which are a clone where nothing is installed. */
const copied = ["setup.mjs", "tools.mjs"]
  .map((name) => join("pkg-template/build", name))
  .concat("Cargo.toml", "package.json", "package-lock.json");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "setup-"));
  addToPath("cargo", `exec "${process.execPath}" "${join(import.meta.dirname, "fake-cargo.mjs")}" "$@"`);
  addToPath("rustc", `echo "${folder}"`);
  addToPath("npm", `echo "$1" >>"${join(folder, "npm")}"; [ -z "$FAKE_NPM" ] && /bin/mkdir -p node_modules`);
  for (const file of copied) cpSync(join(root, file), join(folder, "clone", file));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a program where the set-up finds it. */
function addToPath(name: string, script: string): void {
  const path = join(folder, "path", name);
  mkdirSync(join(folder, "path"), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

/** Starts the set-up. */
function start(environment: NodeJS.ProcessEnv) {
  return spawn(process.execPath, [join(folder, "clone/pkg-template/build/setup.mjs")], {
    cwd: join(folder, "clone"),
    env: {
      PATH: join(folder, "path") + delimiter + join(folder, "nothing"),
      HOME: folder,
      INSTAVIEW_TOOLS: join(folder, "tools"),
      FAKE_LOG: join(folder, "log"),
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of processes, as a terminal has it, for what Ctrl-C does.
    detached: true,
  });
}

/** Runs the set-up. What cargo was told, one line each, and what is printed. */
async function setUp(environment: NodeJS.ProcessEnv = {}) {
  const child = start(environment);
  const [[code], stdout, stderr] = await Promise.all([
    once(child, "close"),
    text(child.stdout),
    text(child.stderr),
  ]);
  const told = linesOf("log");
  return { code, told, stdout, stderr };
}

/** The lines of a file that the programs write. */
function linesOf(name: string): string[] {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
}

/** The folders in which tools are compiled. */
const leftovers = () => readdirSync(join(folder, "tools")).filter((name) => name.startsWith("target"));

describe.skipIf(process.platform === "win32")("the npm packages", () => {
  it("are installed once for each package-lock.json", async () => {
    const { code, stdout } = await setUp();
    expect(code).toBe(0);
    expect(stdout).toContain("▸ Installing the npm packages (about 10 seconds)");
    await setUp();
    expect(linesOf("npm")).toEqual(["ci"]);
    appendFileSync(join(folder, "clone/package-lock.json"), "\n");
    await setUp();
    expect(linesOf("npm")).toEqual(["ci", "ci"]);
  });

  it("are installed again where that has failed, and the tools are not", async () => {
    const { code, stderr } = await setUp({ FAKE_NPM: "fails" });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^`npm ci .*` failed: what it says is above\.$/m);
    const { told } = await setUp();
    expect(linesOf("npm")).toEqual(["ci", "ci"]);
    expect(told).toEqual([`install ${wasmPack}`, `install ${wasmBindgen}`]);
  });
});

describe.skipIf(process.platform === "win32")("wasm-pack and wasm-bindgen", () => {
  it("are compiled, quickly, where they are missing, and nothing else stays", async () => {
    const { code, told, stdout } = await setUp();
    expect({ code, told }).toEqual({ code: 0, told: [`install ${wasmPack}`, `install ${wasmBindgen}`] });
    expect(stdout).toContain(`▸ Compiling ${wasmPack} (once, about a minute)`);
    expect(stdout).toContain("Compiling wasm-bindgen-cli (dev, debug = 0)");
    expect(leftovers()).toEqual([]);
  });

  it("are installed once", async () => {
    await setUp();
    const { told, stdout } = await setUp();
    expect(told).toHaveLength(2);
    expect(stdout).toBe("");
  });

  it("are those on PATH, where they have the right version", async () => {
    addToPath("wasm-pack", `echo "${wasmPack}"`);
    addToPath("wasm-bindgen", 'echo "wasm-bindgen 0.2.0"');
    expect(await setUp()).toMatchObject({ code: 0, told: [`install ${wasmBindgen}`] });
  });

  it("are downloaded where cargo-binstall is installed", async () => {
    const { code, told, stdout } = await setUp({ FAKE_BINSTALL: "works" });
    expect({ code, told }).toEqual({ code: 0, told: [`binstall ${wasmPack}`, `binstall ${wasmBindgen}`] });
    expect(stdout).toContain(`▸ Downloading ${wasmPack}`);
  });

  it.each(["fails", "installs another version"])("are compiled where cargo-binstall %s", async (binstall) => {
    const { code, told } = await setUp({ FAKE_BINSTALL: binstall });
    expect(code).toBe(0);
    expect(told).toEqual([wasmPack, wasmBindgen].flatMap((tool) => [`binstall ${tool}`, `install ${tool}`]));
  });

  it("come after the Rust toolchain, which is not installed without a word", async () => {
    const toolchain = join(folder, "toolchain");
    const cargo = readFileSync(join(folder, "path/cargo"), "utf8").split("\n")[1];
    addToPath("cargo", `[ -f "${toolchain}" ] || [ "$RUSTUP_AUTO_INSTALL" != 0 ] || exit 1\n${cargo}`);
    addToPath("rustup", `[ "$*" = "toolchain install" ] && : >"${toolchain}"; echo "$*"`);
    const { code, stdout } = await setUp();
    expect({ code, isInstalled: existsSync(toolchain) }).toEqual({ code: 0, isInstalled: true });
    expect(stdout).toContain("▸ Installing the Rust toolchain of rust-toolchain.toml (once, about a minute)");
  });

  it("leave nothing behind where compiling fails", async () => {
    const { code, told, stderr } = await setUp({ FAKE_COMPILING: "fails" });
    expect({ code, told }).toEqual({ code: 1, told: [`install ${wasmPack}`] });
    expect(stderr).toMatch(/^`cargo install .*` failed\.$/m);
    expect(leftovers()).toEqual([]);
  });

  it("leave nothing behind where compiling is interrupted", async () => {
    const child = start({ FAKE_COMPILING: "takes long" });
    const ended = once(child, "close");
    for await (const chunk of child.stdout) if (`${chunk}`.includes("Compiling wasm-pack (")) break;
    expect(leftovers()).toHaveLength(1);
    process.kill(-(child.pid ?? 0), "SIGINT");
    expect(await ended).toEqual([1, null]);
    expect(leftovers()).toEqual([]);
  });
});
