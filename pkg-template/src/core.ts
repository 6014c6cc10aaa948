import * as core from "../wasm/core.js";
import bytes from "../wasm/core_bg.wasm";

let loading: Promise<typeof core> | undefined;

/** The core, loaded by the first call. A load that failed is not remembered: the next call tries again. */
export function loadCore(): Promise<typeof core> {
  loading ??= core.default({ module_or_path: bytes }).then(
    () => core,
    (error) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}
