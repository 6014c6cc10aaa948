import { createCore } from "#core";
import { instantiate } from "#wasm";
import type { Interrupt } from "./interrupt.ts";

/** The core's exports, of one instance. */
export type CoreInstance = ReturnType<typeof createCore>;

/** An instance of the core that is in use. */
interface Running {
  core: CoreInstance;
  /** The calls that use it. */
  calls: Set<Interrupt>;
  /** Ends all its calls, because it has trapped: the next call gets a fresh instance. */
  discard(trap: unknown): void;
}

let running: Promise<Running> | undefined;

/** The core, which the first call loads. A load that failed is not remembered: the next call tries again. */
export function loadCore(): Promise<Running> {
  running ??= load().catch((error) => {
    running = undefined;
    throw error;
  });
  return running;
}

async function load(): Promise<Running> {
  const core = createCore();
  core.start(await instantiate(core.getImports()));
  const calls = new Set<Interrupt>();
  const own = running;
  const discard = (trap: unknown) => {
    if (running === own) running = undefined;
    for (const call of calls) call.end(trap);
  };
  return { core, calls, discard };
}
