import type { Environment } from "../wasm/core.js";
import { buildPage } from "./page.ts";

/** What the surroundings may have, none of which every runtime has. */
interface Surroundings {
  process?: { env?: Record<string, unknown> };
  document?: { baseURI?: unknown };
  importScripts?: unknown;
  location?: { href?: unknown };
  reportError?: (error: unknown) => void;
}

const surroundings: Surroundings = globalThis;

/** A text of the surroundings. They may have none, another value in its place, or refuse, as Deno does. */
function text(read: () => unknown): string | undefined {
  try {
    const value = read();
    return typeof value === "string" && value !== "" ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Where uncaught errors go, without ending the process as an unhandled rejection would. */
function report(error: unknown): void {
  if (surroundings.reportError) surroundings.reportError(error);
  else console.error(error);
}

/** The place that a call runs in, looked at when the call asks. */
export const environment: Omit<Environment, "subscribe" | "unsubscribe"> = {
  variable: (name) => text(() => surroundings.process?.env?.[name]),

  // A page, or a worker of one: only browsers have importScripts.
  get isBrowser() {
    return surroundings.document !== undefined || typeof surroundings.importScripts === "function";
  },

  get baseUri() {
    return text(() => surroundings.document?.baseURI) ?? text(() => surroundings.location?.href);
  },

  notify(listener, event) {
    // Async listeners reject, others throw.
    new Promise((resolve) => resolve(listener(event))).catch(report);
  },

  buildPage,
};
