// How the package is made: the crate by wasm-pack, its wrapper by esbuild, the types by tsc and API Extractor.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constants, deflateSync } from "node:zlib";
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";
import { build as bundle, type Plugin } from "esbuild";
import { Complaint, output, root, run } from "./tools.mjs";

const pkg = join(root, "pkg");
const template = join(root, "pkg-template");
const types = join(root, "target", "types");

export async function buildPackage(): Promise<void> {
  rmSync(pkg, { recursive: true, force: true });
  mkdirSync(pkg, { recursive: true });
  buildCore();
  await bundleEntry("esm", "index.js");
  await bundleEntry("cjs", "index.cjs");
  rollUpTypes();
  for (const name of ["README.md", "LICENSE-APACHE", "LICENSE-MIT"]) {
    copyFileSync(join(template, name), join(pkg, name));
  }
  writeManifest();
}

/** The crate, as a wasm module and the JavaScript that goes with it, where pkg-template/src imports them. */
function buildCore(): void {
  run("wasm-pack", [
    "build",
    "--release",
    ...["--target", "web"],
    ...["--mode", "no-install"],
    ...["--out-dir", join(template, "wasm")],
    ...["--out-name", "core"],
    "--no-pack",
  ]);
  // These types are those of the instantiated module; what the wrapper imports are the inlined bytes.
  rmSync(join(template, "wasm", "core_bg.wasm.d.ts"));
}

async function bundleEntry(format: "esm" | "cjs", name: string): Promise<void> {
  await bundle({
    entryPoints: [join(template, "src", "index.ts")],
    outfile: join(pkg, name),
    bundle: true,
    format,
    platform: "neutral",
    target: "es2022",
    plugins: [inlineWasm],
  });
}

/**
 * Inlines a `.wasm` file: that alone works everywhere without configuration. Deflated first, it costs no more after the
 * compression of a server than the file itself would; plain base64 costs 30 % more.
 */
const inlineWasm: Plugin = {
  name: "inline-wasm",
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.wasm$/ }, ({ path }) => {
      const deflated = deflateSync(readFileSync(path), { level: constants.Z_BEST_COMPRESSION });
      return { contents: deflated.toString("base64"), loader: "text" };
    });
  },
};

/** One file of declarations in which nothing internal shows. The same text serves both module systems. */
function rollUpTypes(): void {
  rmSync(types, { recursive: true, force: true });
  run("tsc", ["--project", join(template, "tsconfig.json")]);
  // tsc copies no declaration files, and what it emitted imports this one.
  mkdirSync(join(types, "wasm"), { recursive: true });
  copyFileSync(join(template, "wasm", "core.d.ts"), join(types, "wasm", "core.d.ts"));
  const rolledUp = join(pkg, "index.d.ts");
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: join(types, "src", "index.d.ts"),
      compiler: { tsconfigFilePath: join(template, "tsconfig.json") },
      dtsRollup: {
        enabled: true,
        untrimmedFilePath: "",
        publicTrimmedFilePath: rolledUp,
        omitTrimmingComments: true,
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
  const { succeeded } = Extractor.invoke(config, { localBuild: true, showVerboseMessages: false });
  if (!succeeded) throw new Complaint("API Extractor could not roll up the types.");
  // People read it: their editor leads them there.
  const formatted = output(
    "biome",
    ["format", "--stdin-file-path=index.d.ts"],
    readFileSync(rolledUp, "utf8"),
  );
  if (!formatted) throw new Complaint("Biome could not format the types.");
  for (const name of ["index.d.ts", "index.d.cts"]) writeFileSync(join(pkg, name), `${formatted}\n`);
}

/** package.json, with the crate's version: the one place where it stands. */
function writeManifest(): void {
  const version = /^version = "(.*)"$/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))?.[1];
  const { name, ...rest } = JSON.parse(readFileSync(join(template, "package.json"), "utf8"));
  writeFileSync(join(pkg, "package.json"), `${JSON.stringify({ name, version, ...rest }, null, 2)}\n`);
}
