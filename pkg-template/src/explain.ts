import type { InstaViewErrorType } from "../wasm/core.js";

/** Why the core does not load or has failed, and what to do about it, from what the runtime says. */
export function explain(
  cause: unknown,
): [message: string, options: { type: InstaViewErrorType; cause: unknown }] {
  const reason = cause instanceof Error ? cause.message : "";
  // Each browser words it in its own way.
  if (/content security policy|\bCSP\b|unsafe-eval/i.test(reason)) {
    const message =
      "The page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src";
    return [message, { type: "configuration", cause }];
  }
  // V8's words, where the runtime has switched it off.
  if (/disallowed by embedder/.test(reason)) {
    const message =
      "This runtime runs only WebAssembly that is deployed as a file: " +
      "bundle with its export condition, `workerd` or `edge-light`";
    return [message, { type: "configuration", cause }];
  }
  return [`The WebAssembly core could not be loaded or failed: ${reason}`, { type: "internal", cause }];
}
