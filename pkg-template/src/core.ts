import { createCore } from "#core";
import base64 from "../wasm/core_bg.wasm";

/** The core's exports, of one instance. */
export type CoreInstance = typeof import("../wasm/core.js");

/** An instance of the core that is in use, and how to end its calls should it trap. */
interface Running {
  core: CoreInstance;
  onTrap: Set<(error: unknown) => void>;
}

let running: Promise<Running> | undefined;

/**
 * Makes a call of the core, which the first call loads. A load that failed is not remembered: the next call tries again.
 * When the core traps, all its calls reject, and the next one gets a fresh instance.
 */
export async function withCore<T>(call: (core: CoreInstance) => Promise<T>): Promise<T> {
  running ??= load().catch((error) => {
    running = undefined;
    throw error;
  });
  const { core, onTrap } = await running;
  return new Promise((resolve, reject) => {
    onTrap.add(reject);
    call(core)
      .finally(() => onTrap.delete(reject))
      .then(resolve, reject);
  });
}

async function load(): Promise<Running> {
  const onTrap: Running["onTrap"] = new Set();
  const trapped = (error: unknown) => {
    running = undefined;
    for (const reject of onTrap) reject(error);
  };
  const core = createCore((step) =>
    queueMicrotask(() => {
      try {
        step();
      } catch (error) {
        trapped(error);
      }
    }),
  );
  const deflated = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const inflated = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate"));
  await core.default({ module_or_path: await new Response(inflated).arrayBuffer() });
  return { core, onTrap };
}
