import { InstaViewError } from "./error.ts";

/** Fails where the platform lacks one of these. */
export function requireGlobals(...names: string[]): void {
  const missing = names.filter((name) => (globalThis as Record<string, unknown>)[name] === undefined);
  if (missing.length === 0) return;
  const message = `This platform has no ${missing.join(", no ")}, which the package needs`;
  throw new InstaViewError(message, { type: "configuration" });
}

/** Why the core does not load or has trapped, and what to do about it, from what the platform says. */
export function loadError(cause: unknown): InstaViewError {
  if (cause instanceof InstaViewError) return cause;
  const reason = cause instanceof Error ? cause.message : "";
  // Each browser words it in its own way.
  if (/content security policy|\bCSP\b|unsafe-eval/i.test(reason)) {
    const message =
      "The page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src";
    return new InstaViewError(message, { type: "configuration", cause });
  }
  // V8's words, where the runtime has switched it off.
  if (/disallowed by embedder/.test(reason)) {
    const message =
      "This runtime runs only WebAssembly that is deployed as a file: " +
      "bundle with its export condition, `workerd` or `edge-light`";
    return new InstaViewError(message, { type: "configuration", cause });
  }
  const message = `The WebAssembly core could not be loaded or failed${reason && `: ${reason}`}`;
  return new InstaViewError(message, { type: "internal", cause });
}
