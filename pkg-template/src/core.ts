import { createCore } from "#core";
import { loadWasm } from "#wasm";
import type { Environment } from "../wasm/core.js";
import { subscribe, unsubscribe } from "./abort.ts";
import { environment } from "./environment.ts";

/** The core's exports, of one instance. */
export type CoreInstance = typeof import("../wasm/core.js");

/** An instance of the core that is in use. */
interface Running {
  core: CoreInstance;
  environment: Environment;
  /** What ends each of its calls, should it trap. */
  rejections: Set<(error: unknown) => void>;
}

let running: Promise<Running> | undefined;

/**
 * Makes a call of the core, which the first call loads. A load that failed is not remembered: the next call tries again.
 * When the core traps, all its calls reject, and the next one gets a fresh instance.
 */
export async function withCore<T>(
  call: (core: CoreInstance, environment: Environment) => Promise<T>,
): Promise<T> {
  running ??= load().catch((error) => {
    running = undefined;
    throw error;
  });
  const { core, environment, rejections } = await running;
  return new Promise((resolve, reject) => {
    rejections.add(reject);
    call(core, environment)
      .finally(() => rejections.delete(reject))
      .then(resolve, reject);
  });
}

async function load(): Promise<Running> {
  const rejections: Running["rejections"] = new Set();
  // What the instance would leave behind if it trapped, because it takes back nothing any more.
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const subscriptions = new Map<() => void, AbortSignal>();

  const trapped = (error: unknown) => {
    running = undefined;
    for (const timer of timers) clearTimeout(timer);
    for (const [callback, signal] of subscriptions) unsubscribe(signal, callback);
    for (const reject of rejections) reject(error);
  };

  const core = createCore({
    queueMicrotask: (step) =>
      queueMicrotask(() => {
        try {
          step();
        } catch (error) {
          trapped(error);
        }
      }),
    setTimeout: (callback, milliseconds) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        callback();
      }, milliseconds);
      timers.add(timer);
      return timer;
    },
    clearTimeout: (timer) => {
      timers.delete(timer);
      clearTimeout(timer);
    },
  });
  await core.default({ module_or_path: await loadWasm() });

  return {
    core,
    rejections,
    environment: Object.assign(Object.create(environment), {
      subscribe: (signal: AbortSignal, callback: () => void) => {
        subscriptions.set(callback, signal);
        subscribe(signal, callback);
      },
      unsubscribe: (signal: AbortSignal, callback: () => void) => {
        subscriptions.delete(callback);
        unsubscribe(signal, callback);
      },
    }),
  };
}
