import base64 from "../wasm/core_bg.wasm";

/** The core's bytes, which are inside this package's JavaScript. */
export async function loadWasm(): Promise<ArrayBuffer> {
  const deflated = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const inflated = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate"));
  return await new Response(inflated).arrayBuffer();
}
