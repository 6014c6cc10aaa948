import * as core from "../wasm/core.js";
import base64 from "../wasm/core_bg.wasm";

let loading: Promise<typeof core> | undefined;

/** The core, loaded by the first call. A load that failed is not remembered: the next call tries again. */
export function loadCore(): Promise<typeof core> {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<typeof core> {
  const deflated = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const inflated = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate"));
  await core.default({ module_or_path: await new Response(inflated).arrayBuffer() });
  return core;
}
