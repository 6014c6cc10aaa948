// What the process holds: the core's values and memory, the heap, and what keeps the event loop going.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** What a core has in use. */
export interface CoreUse {
  /** Of its memory. */
  bytes: number;
  /** Of its table of JavaScript values, and how many of them hold one. */
  slots: number;
  held: number;
}

/** The core that is instantiated while this watches. Its names are shortened in the build. */
export class CoreWatch {
  #memory: WebAssembly.Memory | undefined;
  #values: WebAssembly.Table | undefined;

  /** Watches until the function that it returns has ended: that has to make the first call. */
  async during(load: () => Promise<unknown>) {
    const { instantiate } = WebAssembly;
    const made: Promise<unknown>[] = [];
    WebAssembly.instantiate = ((...given: Parameters<typeof instantiate>) => {
      const instantiated = instantiate(...given);
      made.push(instantiated);
      return instantiated;
    }) as typeof instantiate;
    await load();
    WebAssembly.instantiate = instantiate;
    for (const result of await Promise.all(made)) this.#read(result);
    if (!this.#values) throw new Error("No core was loaded");
  }

  /** Others are instantiated too, such as the parser of Node's fetch. This one's table begins with the constants of JavaScript. */
  #read(result: unknown) {
    // A pair of module and instance where bytes were given, else the instance.
    const { instance = result } = result as { instance?: unknown };
    const exports = Object.values((instance as WebAssembly.Instance).exports);
    const isCoreTable = (value: unknown) =>
      value instanceof WebAssembly.Table && entries(value).includes(true);
    const table = exports.find(isCoreTable);
    if (!table) return;
    this.#values = table as unknown as WebAssembly.Table;
    this.#memory = exports.find(
      (value) => value instanceof WebAssembly.Memory,
    ) as unknown as WebAssembly.Memory;
  }

  get use(): CoreUse {
    const [memory, values] = [this.#memory, this.#values];
    if (!memory || !values) throw new Error("No core was loaded");
    const held = entries(values).filter((value) => value !== null).length;
    return { bytes: memory.buffer.byteLength, slots: values.length, held };
  }
}

function entries(table: WebAssembly.Table): unknown[] {
  return Array.from({ length: table.length }, (_, index) => table.get(index));
}

/** Bytes of the heap that are in use, once nothing more can be freed: finalizers run between collections, and free more. */
export async function heapInUse(): Promise<number> {
  let heap = Number.POSITIVE_INFINITY;
  for (;;) {
    collectGarbage();
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    const { heapUsed } = process.memoryUsage();
    if (heapUsed > heap - 10_000) return heapUsed;
    heap = heapUsed;
  }
}

/** What keeps the event loop going, without what the loop does by itself and without these. */
export function resources(without: readonly string[] = []): string[] {
  const names = process.getActiveResourcesInfo().filter((name) => name !== "Immediate" && name !== "Timeout");
  for (const name of without) {
    const index = names.indexOf(name);
    if (index >= 0) names.splice(index, 1);
  }
  return names;
}
