/** The build inlines a `.wasm` file: deflated (zlib), as base64. */
declare module "*.wasm" {
  const base64: string;
  export default base64;
}

/** The build wraps the JavaScript of the core in a function, which makes an instance at each call. */
declare module "#core" {
  /** @param queueMicrotask Runs the steps of the core's calls: what they throw is a trap. */
  export function createCore(queueMicrotask: (step: () => void) => void): typeof import("../wasm/core.js");
}
