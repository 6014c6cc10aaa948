import base64 from "../wasm/core_bg.wasm";
import { requireGlobals } from "./load-error.ts";

/** An instance of the core, whose bytes are inside this package's JavaScript. */
export async function instantiate(imports: WebAssembly.Imports): Promise<WebAssembly.Instance> {
  requireGlobals("Blob", "DecompressionStream", "Response");
  const deflated = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const inflated = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate"));
  const bytes = await new Response(inflated).arrayBuffer();
  return (await WebAssembly.instantiate(bytes, imports)).instance;
}
