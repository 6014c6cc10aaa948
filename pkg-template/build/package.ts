// How the package is made: the crate by wasm-pack, its wrapper by esbuild, the types by tsc and API Extractor.
import { createHash } from "node:crypto";
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";
import { build as bundle, type Plugin } from "esbuild";
import { wrapGlue } from "./glue.ts";
import { softwareBillOfMaterials } from "./sbom.ts";
import { Complaint, output, root, run, simd } from "./tools.mjs";

const pkg = join(root, "pkg");
const template = join(root, "pkg-template");
const types = join(root, "target", "types");
const trapping = join(root, "target", "trapping");

const entry = join(template, "src", "index.ts");

/** What can be imported besides, and has no core in it: each from a folder of this name in pkg-template/src. */
export const subpaths = ["redis", "testing"];

/** Where the core is, as pkg-template/src imports it. */
const wasm = join(template, "wasm");

/** The core's own file in the package. */
const wasmFile = "instaview.wasm";

export async function buildPackage(): Promise<void> {
  rmSync(pkg, { recursive: true, force: true });
  rmSync(types, { recursive: true, force: true });
  mkdirSync(pkg, { recursive: true });
  await buildCore(wasm);
  await bundlePackage();
  run("tsc", ["--project", join(template, "tsconfig.json")]);
  // tsc copies no declaration files, and what it emitted imports this one.
  mkdirSync(join(types, "wasm"), { recursive: true });
  copyFileSync(join(template, "wasm", "core.d.ts"), join(types, "wasm", "core.d.ts"));
  rollUpTypes("index", "index.d.ts", "public");
  for (const subpath of subpaths) rollUpTypes(subpath, join(subpath, "index.d.ts"), subpath);
  for (const name of ["README.md", "LICENSE-APACHE", "LICENSE-MIT", "openapi.json", "docs"]) {
    cpSync(join(template, name), join(pkg, name), { recursive: true });
  }
  writeManifest();
}

/** The package's JavaScript and its core, which is compiled already. */
export async function bundlePackage(): Promise<void> {
  await bundleEntry("esm", entry, join(pkg, "index.js"), wasm);
  await bundleEntry("cjs", entry, join(pkg, "index.cjs"), wasm);
  await bundleEntry("esm", entry, join(pkg, "edge.js"), wasm, "wasm-module.ts");
  copyFileSync(join(wasm, "core_bg.wasm"), join(pkg, wasmFile));
  for (const subpath of subpaths) await bundleSubpath(subpath);
}

/** The package with a core that can be made to trap, for the tests of what happens then. */
export async function buildTrappingPackage(): Promise<void> {
  await buildCore(join(trapping, "wasm"), ["--features", "trap"]);
  await bundleTrappingPackage();
}

/** Its JavaScript, where its core is compiled already. */
export const bundleTrappingPackage = () =>
  bundleEntry("esm", entry, join(trapping, "index.js"), join(trapping, "wasm"));

/** The step that decodes a body, for the benchmarks. */
export async function buildDecoder(): Promise<void> {
  const folder = join(root, "target", "decoder");
  await buildCore(join(folder, "wasm"), ["--features", "bench"]);
  const entry = join(root, "tests", "bench", "decoder.ts");
  await bundleEntry("esm", entry, join(folder, "index.js"), join(folder, "wasm"));
}

/** The crate as wasm-pack alone builds it: a module that lists phone numbers with nothing handed in. */
export const buildPlain = () => packCrate(join(root, "target", "plain"));

/** The crate, as a wasm module and the JavaScript that goes with it. */
async function buildCore(folder: string, cargoOptions: string[] = []): Promise<void> {
  packCrate(folder, ["--out-name", "core", "--no-pack", "--", ...cargoOptions]);
  // Loaded where it is needed alone: binaryen's 15 MB take seconds, also where the package is up to date.
  const { shrink } = await import("./shrink.ts");
  const names = await shrink(folder);
  writeFileSync(join(folder, "wrapped.js"), await wrapGlue(folder, names));
  // These types are those of the instantiated module; what the wrapper imports are the inlined bytes.
  rmSync(join(folder, "core_bg.wasm.d.ts"));
}

/** What wasm-pack makes of the crate. The compiler's flags are always the same, so that cargo compiles its dependencies once. */
function packCrate(folder: string, options: string[] = []): void {
  const args = ["build", "--release", "--target", "web", "--mode", "no-install", "--out-dir", folder];
  // Panic messages name source files. The same build on another machine gives the same bytes.
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  const rustFlags = [simd, `--remap-path-prefix=${cargoHome}=/cargo`];
  run("wasm-pack", [...args, ...options], { RUSTFLAGS: rustFlags.join(" ") });
}

/** An entry of the package. The loader, of pkg-template/src, is where it has the core from. */
async function bundleEntry(
  format: "esm" | "cjs",
  entry: string,
  outfile: string,
  folder: string,
  loader = "inlined-wasm.ts",
): Promise<void> {
  await bundle({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    alias: { "#wasm": join(template, "src", loader) },
    // First, and apart from the code: a compressor takes the bytes for what they are.
    inject: [join(template, "src", loader)],
    bundle: true,
    format,
    platform: "neutral",
    target: "es2022",
    plugins: [inlineWasm(folder), importWasm, resolveCore(folder)],
  });
}

/**
 * Inlines a `.wasm` file: that alone works everywhere without configuration. Deflated first, it costs no more after the
 * compression of a server than the file itself would; plain base64 costs 30 % more.
 */
const inlineWasm = (folder: string): Plugin => ({
  name: "inline-wasm",
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /\/core_bg\.wasm$/ }, () => ({ path: join(folder, "core_bg.wasm") }));
    onLoad({ filter: /\.wasm$/ }, async ({ path }) => {
      // Once, and for good: what zlib itself finds is 7 % larger.
      const { zlibAsync } = await import("@gfx/zopfli");
      // It takes the process's errors over, and prints its whole source with each.
      for (const event of ["uncaughtException", "unhandledRejection"]) process.removeAllListeners(event);
      const deflated = await zlibAsync(readFileSync(path), {});
      return { contents: Buffer.from(deflated).toString("base64"), loader: "text" };
    });
  },
});

/** Leaves the import of a compiled module to the runtime, or to the bundler of whoever uses the package. */
const importWasm: Plugin = {
  name: "import-wasm",
  setup: ({ onResolve }) => {
    onResolve({ filter: /\.wasm\?module$/ }, () => ({ path: `./${wasmFile}?module`, external: true }));
  },
};

/** The core's JavaScript, as the build has wrapped it. */
const resolveCore = (folder: string): Plugin => ({
  name: "resolve-core",
  setup: ({ onResolve }) => {
    onResolve({ filter: /^#core$/ }, () => ({ path: join(folder, "wrapped.js") }));
  },
});

/** A subpath of the package, in both module systems. */
async function bundleSubpath(subpath: string): Promise<void> {
  for (const [format, extension] of [
    ["esm", "js"],
    ["cjs", "cjs"],
  ] as const) {
    await bundle({
      absWorkingDir: root,
      entryPoints: [join(template, "src", subpath, "index.ts")],
      outfile: join(pkg, `${subpath}.${extension}`),
      bundle: true,
      format,
      platform: "neutral",
      target: "es2022",
      plugins: [loadLua],
    });
  }
}

/** Loads a script of Redis without its comments and indentation, which would be sent each time, with the hash that Redis gives it. */
const loadLua: Plugin = {
  name: "load-lua",
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.lua$/ }, ({ path }) => {
      const lines = readFileSync(path, "utf8").split("\n");
      const code = lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("--"));
      const source = code.join("\n");
      const sha1 = createHash("sha1").update(source).digest("hex");
      const contents = Object.entries({ source, sha1 }).map(
        ([name, value]) => `export const ${name} = ${JSON.stringify(value)};`,
      );
      return { contents: contents.join("\n"), loader: "js" };
    });
  },
};

/** One file of declarations in which nothing internal shows. The same text serves both module systems. */
function rollUpTypes(name: string, declarations: string, report: string): void {
  const rolledUp = join(pkg, `${name}.d.ts`);
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      newlineKind: "lf",
      mainEntryPointFilePath: join(types, "src", declarations),
      compiler: { tsconfigFilePath: join(template, "tsconfig.json") },
      dtsRollup: {
        enabled: true,
        untrimmedFilePath: "",
        publicTrimmedFilePath: rolledUp,
        omitTrimmingComments: true,
      },
      // In git, so that a change of what is public shows in review.
      apiReport: {
        enabled: true,
        reportFolder: join(root, "tests", "types"),
        reportFileName: `${report}.api.md`,
        reportTempFolder: types,
      },
      messages: {
        extractorMessageReporting: {
          // No release tags: what index.ts exports is public.
          "ae-missing-release-tag": { logLevel: "none" as never },
        },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(template, "package.json"),
  });
  const isLocal = !process.env.CI;
  const result = Extractor.invoke(config, { localBuild: isLocal, showVerboseMessages: false });
  if (result.apiReportChanged && !isLocal) {
    throw new Complaint(
      `The public API is not what tests/types/${report}.api.md says. If that is meant: "npm run build", and commit it.`,
    );
  }
  if (!result.succeeded) throw new Complaint("API Extractor could not roll up the types.");
  // People read it: their editor leads them there.
  const formatted = output(
    "biome",
    ["format", "--stdin-file-path=index.d.ts"],
    readFileSync(rolledUp, "utf8"),
  );
  if (!formatted) throw new Complaint("Biome could not format the types.");
  for (const extension of ["d.ts", "d.cts"])
    writeFileSync(join(pkg, `${name}.${extension}`), `${formatted}\n`);
}

/** package.json, with the crate's version, which stands there alone; and what the package is made of. */
function writeManifest(): void {
  const version = /^version = "(.*)"$/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))?.[1];
  const { name, ...rest } = JSON.parse(readFileSync(join(template, "package.json"), "utf8"));
  writeFileSync(join(pkg, "package.json"), `${JSON.stringify({ name, version, ...rest }, null, 2)}\n`);
  writeFileSync(join(pkg, "sbom.cdx.json"), softwareBillOfMaterials(name, version ?? "", rest.license));
}
