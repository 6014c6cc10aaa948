// The JavaScript that wasm-bindgen generates for the core, as one function that makes as many instances as are needed.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";

/** Short names of the core's imports and exports, as `wasm-opt --minify-imports-and-exports-and-modules` prints them. */
export interface ShortNames {
  imports: [module: string, name: string, short: string][];
  exports: [name: string, short: string][];
}

/** What the glue itself exports: the functions and classes of the core. */
export function exportedNames(folder: string): string[] {
  const glue = readFileSync(join(folder, "core.js"), "utf8");
  return Array.from(glue.matchAll(/^export (?:class|function) (\w+)/gm), ([, name]) => name as string);
}

/** The names of all properties that the glue uses, among them those of the module's exports. */
export async function usedProperties(folder: string): Promise<Set<string>> {
  const { mangleCache } = await build({ ...options(folder), mangleProps: /./, mangleCache: {} });
  return new Set(Object.keys(mangleCache ?? {}));
}

/**
 * The glue as the module `#core`. A module has one instance; a function makes a fresh one after a trap. What it needs of the platform in order to be
 * loaded and ended is passed in, in place of the globals.
 */
export async function wrapGlue(folder: string, names: ShortNames): Promise<string> {
  const short = [...names.imports.map(([, name, short]) => [name, short]), ...names.exports];
  const { outputFiles } = await build({
    ...options(folder),
    mangleProps: new RegExp(`^(?:${short.map(([name]) => name).join("|")})$`),
    mangleCache: Object.fromEntries(short),
  });
  return `export function createCore(setTimeout, clearTimeout, WebAssembly) {
    let core;
    ${outputFiles?.[0]?.text}
    return core;
  }`;
}

function options(folder: string): BuildOptions {
  const snippets = join(folder, "snippets");
  const [crate = ""] = readdirSync(snippets);
  const snippet = (name: string) => `./${join("snippets", crate, "src", "web", name)}`;
  const names = exportedNames(folder);
  const contents = [
    `import init, { ${names.join(", ")} } from "./core.js";`,
    `import { unsubscribeAll } from "${snippet("waiting.js")}";`,
    `import { isCreated } from "${snippet("caller.js")}";`,
    `core = { init, unsubscribeAll, isCreated, hasTrapped: false, ${names.join(", ")} };`,
  ];
  return {
    absWorkingDir: folder,
    stdin: { contents: contents.join("\n"), resolveDir: folder },
    bundle: true,
    format: "esm",
    target: "es2022",
    minifySyntax: true,
    write: false,
    // The package loads the module itself: what would fetch it goes.
    define: { Response: "undefined", Request: "undefined", "import.meta.url": "undefined" },
    logOverride: { "empty-import-meta": "silent" },
  };
}
