import { createCore } from "#core";
import { instantiate } from "#wasm";
import type { Environment } from "../wasm/core.js";
import { subscribe, unsubscribe } from "./abort.ts";
import { environment } from "./environment.ts";

/** The core's exports, of one instance. */
export type CoreInstance = ReturnType<typeof createCore>;

/** An instance of the core that is in use. */
interface Running {
  core: CoreInstance;
  environment: Environment;
  /** What ends each of its calls. */
  rejections: Set<(error: unknown) => void>;
  /** Ends all its calls, and takes back what they would leave behind. */
  abandon: (trap: unknown) => void;
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
  const current = running;
  const { core, environment, rejections, abandon } = await current;
  return new Promise((resolve, reject) => {
    rejections.add(reject);
    // The core rejects nothing: what is thrown is a trap.
    new Promise<T>((resolve) => resolve(call(core, environment)))
      .then(resolve, (trap) => {
        if (running === current) running = undefined;
        abandon(trap);
      })
      .finally(() => rejections.delete(reject));
  });
}

async function load(): Promise<Running> {
  const rejections: Running["rejections"] = new Set();
  // What the instance would leave behind if it trapped, because it takes back nothing any more.
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const subscriptions = new Map<() => void, AbortSignal>();

  const abandon = (trap: unknown) => {
    for (const timer of timers) clearTimeout(timer);
    for (const [callback, signal] of subscriptions) unsubscribe(signal, callback);
    for (const reject of rejections) reject(trap);
  };

  const core = createCore({
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
  core.start(await instantiate(core.getImports()));

  return {
    core,
    rejections,
    abandon,
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
