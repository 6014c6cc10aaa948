import type { ClientEvent } from "../wasm/core.js";

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
export const environment = {
  /** An environment variable, where there are any. */
  variable: (name: string) => text(() => surroundings.process?.env?.[name]),

  /** Whether this is a page, or a worker of one: only browsers have importScripts. There, a key can be read by anyone. */
  get isBrowser(): boolean {
    return surroundings.document !== undefined || typeof surroundings.importScripts === "function";
  },

  /** What a relative URL is relative to. */
  get baseUri(): string | undefined {
    return text(() => surroundings.document?.baseURI) ?? text(() => surroundings.location?.href);
  },

  /** Calls the listener. What it throws, or rejects with, goes where uncaught errors go. */
  notify(listener: (event: ClientEvent) => void, event: ClientEvent): void {
    // Async listeners reject, others throw.
    new Promise<void>((resolve) => resolve(listener(event))).catch(report);
  },
};
