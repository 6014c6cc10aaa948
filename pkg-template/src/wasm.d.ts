/** The build inlines a `.wasm` file: deflated (zlib), as base64. */
declare module "*.wasm" {
  const base64: string;
  export default base64;
}

/** Edge runtimes and their bundlers compile a `.wasm` file that is imported with this suffix. */
declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}

/** The build chooses: `inlined-wasm.ts`, or `wasm-module.ts` for edge runtimes. */
declare module "#wasm" {
  export function instantiate(imports: WebAssembly.Imports): Promise<WebAssembly.Instance>;
}

/** The build wraps the JavaScript of the core in a function, which makes an instance at each call. */
declare module "#core" {
  type Exports = Omit<typeof import("../wasm/core.js"), "default" | "initSync">;
  /** What makes the instance: `start` comes before anything else. */
  interface Loader {
    getImports(): WebAssembly.Imports;
    start(instance: WebAssembly.Instance): void;
  }
  export function createCore(): Exports & Loader;
}
