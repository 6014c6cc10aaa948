import wasm from "../wasm/core_bg.wasm?module";

/** The core as a module that the runtime has compiled: edge runtimes do not allow it to be compiled from bytes. */
export async function loadWasm(): Promise<WebAssembly.Module> {
  return wasm;
}
