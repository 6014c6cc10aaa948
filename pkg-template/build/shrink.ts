// Makes the core as small as it can be: what a panic would print, names that nobody reads, and glue that nobody calls.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import binaryen from "binaryen";
import { Complaint, output } from "./tools.mjs";

/**
 * Functions that run in a panic only. A panic ends in a trap, and nobody sees what it would say: they trap right away,
 * and their texts and their formatting are gone.
 */
const panics = [
  /^core\[\w+\]::panicking::/,
  /^core\[\w+\]::(option|result)::(unwrap|expect)_failed$/,
  /^core\[\w+\]::cell::panic_/,
  /^core\[\w+\]::slice::index::slice_index_fail$/,
  /^core\[\w+\]::str::slice_error_fail/,
  /^alloc\[\w+\]::(raw_vec::(handle_error|capacity_overflow)|alloc::handle_alloc_error)$/,
  /^std\[\w+\]::panicking::/,
  /std\[\w+\]::panicking::\w+::\w*Payload/,
  /^__rustc\[\w+\]::(rust_begin_unwind|__rust_start_panic|rust_panic|__rust_abort)$/,
];

/** Of js-sys: what calls closures of Rust's, of which the core has none. Nobody sees that, because a table refers to it. */
const closures = /^(wasm_bindgen::convert::closures|js_sys::futures)::/;

/**
 * What formats values for those texts: tables of panics refer to it, so that nobody sees that it is not called. Should
 * anything else of the core call it one day, the build says so.
 */
const formatting = /^(<.* as core\[\w+\]::fmt::\w+>|<?core\[\w+\]::fmt)::/;

/** What every runtime of the last years knows, one by one: all of them would use what some do not. */
const features = [
  "bulk-memory",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
  "multivalue",
  "simd",
].map((feature) => `--enable-${feature}`);

/** What `--minify-imports-and-exports-and-modules` prints. */
interface Names {
  imports: [module: string, name: string, short: string][];
  exports: [name: string, short: string][];
}

/** Shrinks the module of wasm-bindgen in this folder, and the JavaScript that goes with it. */
export function shrink(folder: string): void {
  const [wasm, glue] = [join(folder, "core_bg.wasm"), join(folder, "core.js")];
  const code = readFileSync(glue, "utf8");
  writeFileSync(wasm, withoutPanics(readFileSync(wasm), code));
  const names: Names = JSON.parse(optimised(wasm));
  writeFileSync(glue, renamed(code, names));
}

function withoutPanics(bytes: Uint8Array, glue: string): Uint8Array {
  binaryen.setDebugInfo(true);
  const module = binaryen.readBinary(bytes);
  const functions = Array.from({ length: module.getNumFunctions() }, (_, index) =>
    binaryen.getFunctionInfo(module.getFunctionByIndex(index)),
  ).filter(({ module }) => !module);
  const trap = (patterns: RegExp[]) => {
    const found = functions.filter(({ name }) => patterns.some((pattern) => pattern.test(name)));
    if (found.length === 0)
      throw new Complaint(`The core has no function like ${patterns[0]}: see shrink.ts.`);
    for (const { name, params, results } of found) {
      if (!module.getFunction(name)) continue;
      module.removeFunction(name);
      module.addFunction(name, params, results, [], module.unreachable());
    }
  };
  trap([...panics, closures]);
  module.runPasses(["remove-unused-module-elements"]);
  const formats = callers(module.emitText(), formatting);
  if (formats.length > 0) throw new Complaint(`The core formats values, in ${formats.join(", ")}.`);
  trap([formatting]);

  const exports = Array.from({ length: module.getNumExports() }, (_, index) =>
    binaryen.getExportInfo(module.getExportByIndex(index)),
  );
  for (const { name } of exports) {
    if (!new RegExp(`\\bwasm\\.${name}\\b`).test(glue)) module.removeExport(name);
  }
  const shrunk = module.emitBinary();
  module.dispose();
  return shrunk;
}

/** The functions, but for those of the pattern's own, that call one of the pattern. */
function callers(text: string, pattern: RegExp): string[] {
  const found = new Set<string>();
  let caller = "";
  for (const [, kind, quoted, plain] of text.matchAll(
    /^ *\((func|call|return_call) \$(?:"([^"]*)"|([^\s)]+))/gm,
  )) {
    const name = quoted ?? plain ?? "";
    if (kind === "func") caller = name;
    else if (pattern.test(name) && !pattern.test(caller)) found.add(caller);
  }
  return [...found];
}

/** Optimises the module in place. What it calls its imports and exports now, as JSON. */
function optimised(wasm: string): string {
  const passes = [
    ...["--gufa-optimizing", "--flatten", "--rereloop", "-Oz", "-Oz"],
    // Rust puts the stack first, which grows down: what it reaches last are the addresses below 1024.
    "--low-memory-unused",
    // A function that only one other calls is small by itself, and so are the indices of its locals.
    "--one-caller-inline-max-function-size=100",
    ...["--strip-debug", "--strip-producers", "--strip-target-features"],
    "--minify-imports-and-exports-and-modules",
  ];
  const names = output("wasm-opt", [...features, ...passes, wasm, "-o", wasm]);
  if (!names) throw new Complaint("wasm-opt could not shrink the core.");
  return names;
}

/** The glue, with the module's new names; and its parts that make an instance, in place of its own loader. */
function renamed(glue: string, { imports, exports }: Names): string {
  let code = glue;
  const replace = (pattern: RegExp, by: string) => {
    if (!pattern.test(code))
      throw new Complaint(`The glue of wasm-bindgen has no ${pattern}: see shrink.ts.`);
    code = code.replace(pattern, by);
  };
  for (const [, name, short] of imports) replace(new RegExp(`^ *${name}: `, "m"), `${short}: `);
  // What only a panic calls is no import any more.
  code = code.replace(/^ *__wbg___wbindgen_throw_\w+: function[\s\S]*?^ {8}\},\n/m, "");
  replace(/return \{\n *__proto__: null,[^}]*\};/, "return { a: import0 };");
  for (const [name, short] of exports) {
    code = code.replace(new RegExp(`\\bwasm\\.${name}\\b`, "g"), `wasm.${short}`);
  }
  replace(/^export \{ initSync, __wbg_init as default \};/m, "");
  // For Safari, whose decoder ends after two gigabytes: the core's own texts have a few hundred bytes for each call.
  replace(/^ *numBytesDecoded \+= len;[\s\S]*?^ {4}\}\n/m, "");
  // Nobody asks for them.
  replace(/^ *wasmInstance = instance;$/m, "");
  replace(/^ *wasmModule = module;$/m, "");
  // The short way for every text, not only where there is no reallocation.
  replace(/^ *if \(realloc === undefined\) (\{[^}]*\})[\s\S]*?^\}/m, "$1\n}");
  // The core's class is nobody's resource.
  replace(/^if \(Symbol.dispose\).*$/m, "");
  replace(/^if \(!\('encodeInto' in [\s\S]*?^\}/m, "");
  return `${code}\nexport { __wbg_get_imports as getImports, __wbg_finalize_init as start };\n`;
}
