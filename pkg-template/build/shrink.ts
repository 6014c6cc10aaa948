// Makes the core as small as it can be: what a panic would print, names that nobody reads, and glue that nobody calls.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import binaryen from "binaryen";
import { exportedNames, type ShortNames, usedProperties } from "./glue.ts";
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

/**
 * Shrinks the module of wasm-bindgen in this folder. What its imports and exports are called then; those that the package's users see keep
 * their names.
 */
export async function shrink(folder: string): Promise<ShortNames> {
  const wasm = join(folder, "core_bg.wasm");
  const used = await usedProperties(folder);
  writeFileSync(wasm, withoutPanics(readFileSync(wasm), used));
  const names = optimize(wasm);
  return withLongNames(wasm, names, exportedNames(folder));
}

function withoutPanics(bytes: Uint8Array, used: ReadonlySet<string>): Uint8Array {
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
  trap(panics);
  module.runPasses(["remove-unused-module-elements"]);
  const formats = callers(module.emitText(), formatting);
  if (formats.length > 0) throw new Complaint(`The core formats values, in ${formats.join(", ")}.`);
  trap([formatting]);

  const exports = Array.from({ length: module.getNumExports() }, (_, index) =>
    binaryen.getExportInfo(module.getExportByIndex(index)),
  );
  for (const { name } of exports) {
    if (!used.has(name)) module.removeExport(name);
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

/** Optimizes the module in place. */
function optimize(wasm: string): ShortNames {
  const passes = [
    ...["--flatten", "--rereloop", "-Oz", "-Oz"],
    // A value that is kept for its second use is a local more: less code, but more once it is compressed.
    "--skip-pass=local-cse",
    // Rust puts the stack first, which grows down: what it reaches last are the addresses below 1024.
    "--low-memory-unused",
    // A function that only one other calls is small by itself, and so are the indices of its locals.
    "--one-caller-inline-max-function-size=20",
    ...["--strip-debug", "--strip-producers", "--strip-target-features"],
    "--minify-imports-and-exports-and-modules",
  ];
  const names = output("wasm-opt", [...features, ...passes, wasm, "-o", wasm]);
  if (!names) throw new Complaint("wasm-opt could not shrink the core.");
  return JSON.parse(names);
}

/** Functions whose names are those of the public API, too, keep them: they are properties of what users call. */
function withLongNames(wasm: string, names: ShortNames, kept: string[]): ShortNames {
  binaryen.setDebugInfo(false);
  const module = binaryen.readBinary(readFileSync(wasm));
  for (const [name, shortName] of names.exports) {
    if (!kept.includes(name)) continue;
    const { value } = binaryen.getExportInfo(module.getExport(shortName));
    module.removeExport(shortName);
    module.addFunctionExport(value, name);
  }
  writeFileSync(wasm, module.emitBinary());
  module.dispose();
  return { ...names, exports: names.exports.filter(([name]) => !kept.includes(name)) };
}
