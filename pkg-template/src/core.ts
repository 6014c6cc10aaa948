import { type CoreModule, createCore } from "#core";
import { instantiate } from "#wasm";
import { InstaViewError, isInstaViewError } from "./error.ts";
import { loadError, requireGlobals } from "./load-error.ts";

export type { CoreModule };

/**
 * A call that has not settled. An object that is emptied in the end: a set of the functions themselves would keep finished pages
 * in memory for longer.
 */
interface PendingCall {
  reject?: ((error: InstaViewError) => void) | undefined;
}

/** An instance of the core that is in use. */
interface Instance {
  core: CoreModule;
  calls: Set<PendingCall>;
}

/** What every export returns after a trap. The generated JavaScript takes it for several results, none of which is an error. */
const NO_RESULTS: readonly never[] = Object.freeze([]);

let current: Promise<Instance> | undefined;

/**
 * Makes a call of the core, which the first one loads. After a trap, the core settles nothing any more: its calls are rejected
 * here, and the next one gets a fresh instance.
 */
export async function call<T>(start: (core: CoreModule) => Promise<T>): Promise<T> {
  let instance = await loaded();
  // Another call may have made it trap in the microtasks before this one.
  while (instance.core.hasTrapped) instance = await loaded();
  const { core, calls } = instance;
  const pending: PendingCall = {};
  calls.add(pending);
  try {
    return await new Promise<T>((resolve, reject) => {
      pending.reject = reject;
      // Where the core traps at once, there is no promise, and this throws: the call has been rejected by then.
      start(core).then(resolve, reject);
    });
  } catch (thrown) {
    throw publicError(thrown);
  } finally {
    calls.delete(pending);
    pending.reject = undefined;
  }
}

/** Something of the core's that is made once for each instance: after a trap, anew. */
export class PerInstance<T> {
  readonly #make: (core: CoreModule) => T;
  #core: CoreModule | undefined;
  #latest: T | undefined;

  constructor(make: (core: CoreModule) => T) {
    this.#make = make;
  }

  of(core: CoreModule): T {
    if (this.#core !== core) {
      this.#latest = this.#make(core);
      this.#core = core;
    }
    return this.#latest as T;
  }

  /** What was made for the latest instance, unless that has trapped. */
  get latest(): T | undefined {
    return this.#core?.hasTrapped ? undefined : this.#latest;
  }
}

/** The error that the core rejects with is one of its own, and becomes the public one. Anything else is the reason of an abort. */
function publicError(thrown: unknown): unknown {
  const isOfCore = isInstaViewError(thrown) && Object.getPrototypeOf(thrown) === Error.prototype;
  return isOfCore ? new InstaViewError(thrown.message, { ...thrown }) : thrown;
}

/** The instance for the next call. One that could not be loaded, or has trapped, is not kept: the call after that loads another. */
function loaded(): Promise<Instance> {
  if (current) return current;
  const forget = () => {
    if (current === loading) current = undefined;
  };
  const loading = load(forget).catch((error) => {
    forget();
    throw loadError(error);
  });
  current = loading;
  return loading;
}

async function load(forget: () => void): Promise<Instance> {
  requireGlobals("WebAssembly", "TextDecoder", "AbortController", "Headers", "URL");
  const calls = new Set<PendingCall>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const core = createCore(
    (callback, milliseconds) => {
      // A listener may have entered the core a second time and made it trap: what called the listener goes on.
      if (core.hasTrapped) return;
      const timer = setTimeout(callback, milliseconds);
      timers.add(timer);
      return timer;
    },
    (timer) => {
      if (timer === undefined) return;
      timers.delete(timer);
      clearTimeout(timer);
    },
    {
      Instance: WebAssembly.Instance,
      async instantiate(module, imports) {
        // The build has made one import module of all.
        const a = Object.assign({}, ...Object.values(imports));
        const { exports } = await instantiate({ a });
        return { instance: { exports: guarded(exports, core, discard) }, module };
      },
    },
  );
  let trapped: { trap: unknown } | undefined;
  const discard = (trap: unknown) => {
    trapped = { trap };
    forget();
    for (const timer of timers) clearTimeout(timer);
    core.unsubscribeAll();
    for (const { reject } of calls) reject?.(loadError(trap));
  };
  await core.init({ module_or_path: null });
  if (trapped) throw trapped.trap;
  return { core, calls };
}

/**
 * The exports of an instance, until one of them traps: then that is reported, and the instance is not entered any more. This covers
 * whatever enters it: calls, timers, listeners and callbacks of promises.
 */
function guarded(
  exports: WebAssembly.Exports,
  core: CoreModule,
  onTrap: (trap: unknown) => void,
): WebAssembly.Exports {
  const guard =
    (enter: (...args: unknown[]) => unknown) =>
    (...args: unknown[]) => {
      if (core.hasTrapped) return NO_RESULTS;
      try {
        return enter(...args);
      } catch (trap) {
        if (!core.hasTrapped) {
          core.hasTrapped = true;
          onTrap(trap);
        }
        return NO_RESULTS;
      }
    };
  return Object.fromEntries(
    Object.entries(exports).map(([name, value]) => [
      name,
      typeof value === "function" ? guard(value as (...args: unknown[]) => unknown) : value,
    ]),
  ) as WebAssembly.Exports;
}
