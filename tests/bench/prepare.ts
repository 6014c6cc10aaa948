// What the benchmarks need: the libraries they compare with, and their own scripts as plain JavaScript.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { root } from "../../pkg-template/build/tools.mjs";
import { installPackages } from "../packages.ts";

export const folder = import.meta.dirname;

/** Here Node finds the libraries that the scripts import. */
const scripts = join(folder, "node_modules", ".scripts");

/** What the scripts call the things that are built elsewhere. */
export const alias = {
  "instaview-phone-numbers": join(root, "pkg", "index.js"),
  "instaview-phone-numbers/redis": join(root, "pkg", "redis.js"),
  "#decoder": join(root, "target", "decoder", "index.js"),
};

/** Installs the libraries of package-lock.json, unless they are there. */
export const installPeers = () => installPackages(folder, "the libraries to compare with");

/** Bundles the scripts that run in processes of their own. */
export async function bundleScripts(): Promise<void> {
  const entryPoints = ["clients", "limiters", "processes"].flatMap((name) =>
    readdirSync(join(folder, name)).map((file) => join(folder, name, file)),
  );
  await build({
    entryPoints,
    outdir: scripts,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    target: "node20",
    // As Node's users have them: not bundled.
    packages: "external",
    external: Object.values(alias),
    alias,
  });
}

/** A script of this folder for a browser, with all that it imports. */
export async function bundleForBrowser(options: BuildOptions): Promise<Uint8Array> {
  const { outputFiles } = await build({
    ...options,
    bundle: true,
    minify: true,
    platform: "browser",
    alias,
    write: false,
  });
  return outputFiles?.[0]?.contents ?? new Uint8Array();
}

/** The path of a bundled script. */
export const scriptPath = (name: string) => join(scripts, `${name}.mjs`);

/** Runs a script of `processes` until it reports, and gives what it reports. */
export async function runScript<T>(name: string, args: unknown[] = [], execArgv: string[] = []): Promise<T> {
  const child = start(name, args, execArgv);
  const result = await report(child);
  // It may have left connections open.
  child.kill();
  await once(child, "exit");
  return result as T;
}

/** Runs something while a server runs, and gives it the server's address. */
export async function withServer<T>(
  options: { latency?: number; total: number },
  use: (url: string) => Promise<T>,
): Promise<T> {
  const server = start("server", [options.latency ?? 0, options.total], []);
  try {
    return await use((await report(server)) as string);
  } finally {
    server.kill();
  }
}

/** Starts a script of `processes`. */
export function start(name: string, args: unknown[], execArgv: string[]): ChildProcess {
  const environment = { ...process.env, INSTAVIEW_API_KEY: "", INSTAVIEW_BASE_URL: "" };
  return fork(scriptPath(join("processes", name)), args.map(String), { execArgv, env: environment });
}

/** The first message of a process. */
export async function report(child: ChildProcess): Promise<unknown> {
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`${child.spawnfile} ended with code ${code} before it had a result`);
  });
  const [message] = await Promise.race([once(child, "message"), ended]);
  return message;
}
