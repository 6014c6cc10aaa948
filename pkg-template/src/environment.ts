import type { Environment } from "../wasm/core.js";

/** What the surroundings may have, none of which every runtime has. */
interface Surroundings {
  process?: { env?: Record<string, string | undefined> };
  document?: { baseURI?: string };
  importScripts?: unknown;
  location?: { href?: string };
}

const surroundings: Surroundings = globalThis;

/** The place that a call runs in, looked at when the call asks. */
export const environment: Environment = {
  variable(name) {
    try {
      return surroundings.process?.env?.[name];
    } catch {
      // Deno refuses without --allow-env.
      return undefined;
    }
  },

  // A page, or a worker of one: only browsers have importScripts.
  get isBrowser() {
    return surroundings.document !== undefined || typeof surroundings.importScripts === "function";
  },

  get baseUri() {
    return surroundings.document?.baseURI ?? surroundings.location?.href;
  },
};
