import { type CoreModule, createCore } from "#core";
import { instantiate } from "#wasm";
import { InstaViewError } from "./error.ts";
import { loadError, requireGlobals } from "./load-error.ts";
import { unlessAborted } from "./signal.ts";

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
  /** Ends it after a trap. */
  discard(): void;
}

/** What every export returns after a trap. The generated JavaScript takes it for several results, none of which is an error. */
const NO_RESULTS: readonly never[] = Object.freeze([]);

let current: Promise<Instance> | undefined;

/** The same, once it is loaded: a call waits for it in one turn. */
let ready: Instance | undefined;

/**
 * Makes a call of the core, which the first one loads. After a trap, the core settles nothing any more: its calls are rejected
 * here, and the next one gets a fresh instance.
 *
 * @param signals - What ends the call while the core is loaded, as the core itself does afterwards.
 */
export async function call<T>(
  start: (core: CoreModule) => Promise<T>,
  signals: readonly unknown[],
): Promise<T> {
  let instance = await (ready ?? unlessAborted(loaded(), signals));
  // Another call may have made it trap in the microtasks before this one.
  while (instance.core.hasTrapped) {
    instance.discard();
    instance = await unlessAborted(loaded(), signals);
  }
  const { core, calls } = instance;
  const pending: PendingCall = { reject: undefined };
  calls.add(pending);
  try {
    return await new Promise<T>((resolve, reject) => {
      pending.reject = reject;
      // Where the core traps at once, there is no promise, and this throws: the call has been rejected by then.
      start(core).then(resolve, reject);
    });
  } catch (thrown) {
    // Anything else is the reason of an abort, and stays what it is.
    throw core.isCreated(thrown) ? publicError(thrown as InstaViewError) : thrown;
  } finally {
    calls.delete(pending);
    pending.reject = undefined;
  }
}

/** The error that the core has made, as one of the public class. */
const publicError = (error: InstaViewError) => new InstaViewError(error.message, { ...error });

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

/** The instance for the next call. One that could not be loaded, or has trapped, is not kept: the call after that loads another. */
function loaded(): Promise<Instance> {
  if (current) return current;
  const forget = () => {
    if (current !== loading) return;
    current = undefined;
    ready = undefined;
  };
  const loading = load(forget).catch((error) => {
    forget();
    throw loadError(error);
  });
  current = loading;
  const keep = (instance: Instance) => {
    if (current === loading) ready = instance;
  };
  loading.then(keep, () => {});
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
      const timer = setTimeout(() => timers.delete(timer) && callback(), milliseconds);
      timers.add(timer);
      return timer;
    },
    (timer) => {
      if (timer === undefined) return;
      timers.delete(timer);
      clearQuietly(timer);
    },
    {
      Instance: WebAssembly.Instance,
      async instantiate(module, imports) {
        // The build has made one import module of all.
        const a = Object.assign(Object.create(null), ...Object.values(imports));
        const { exports } = await instantiate({ a });
        return { instance: { exports: guarded(exports, core, end, discard) }, module };
      },
    },
  );
  let trap: unknown;
  let isDiscarded = false;
  // Where the stack has overflowed, this may overflow again: what it has not done then, it does when it is called the next time.
  const discard = () => {
    if (isDiscarded) return;
    forget();
    for (const { reject } of calls) reject?.(loadError(trap));
    for (const timer of timers) clearQuietly(timer);
    core.unsubscribeAll();
    isDiscarded = true;
  };
  const end = (thrown: unknown) => {
    trap = thrown;
    // Once more when the stack is empty, should it overflow now.
    Promise.resolve().then(discard);
  };
  await core.init({ module_or_path: null });
  if (core.hasTrapped) throw trap;
  return { core, calls, discard };
}

/** Clears a timer, whoever has replaced `clearTimeout`. */
function clearQuietly(timer: ReturnType<typeof setTimeout>) {
  try {
    clearTimeout(timer);
  } catch {
    // Then it does nothing when it fires.
  }
}

/**
 * The exports of an instance, until one of them traps: then that is reported, and the instance is not entered any more. This covers
 * whatever enters it: calls, timers, listeners and callbacks of promises.
 */
function guarded(
  exports: WebAssembly.Exports,
  core: CoreModule,
  end: (trap: unknown) => void,
  discard: () => void,
): WebAssembly.Exports {
  const guard =
    (enter: (...args: unknown[]) => unknown) =>
    (...args: unknown[]) => {
      if (!core.hasTrapped) {
        try {
          return enter(...args);
        } catch (trap) {
          if (!core.hasTrapped) {
            core.hasTrapped = true;
            end(trap);
          }
        }
      }
      discard();
      return NO_RESULTS;
    };
  return Object.fromEntries(
    Object.entries(exports).map(([name, value]) => [
      name,
      typeof value === "function" ? guard(value as (...args: unknown[]) => unknown) : value,
    ]),
  ) as WebAssembly.Exports;
}
