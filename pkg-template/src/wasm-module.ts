import wasm from "../wasm/core_bg.wasm?module";

/** An instance of the core, which the runtime has compiled: edge runtimes do not allow it to be compiled from bytes. */
export function instantiate(imports: WebAssembly.Imports): Promise<WebAssembly.Instance> {
  return WebAssembly.instantiate(wasm, imports);
}
