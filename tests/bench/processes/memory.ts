// What many calls leave behind.
//   node --expose-gc memory.mjs <calls>
import { InstaViewClient } from "instaview-phone-numbers";
import { API_KEY, encode, wirePage } from "../payload.ts";

const calls = Number(process.argv[2]);

/** After how many calls the memory is looked at: first once everything is compiled and has its size. */
const first = Math.min(10_000, calls);
const checkpoints = Array.from(
  { length: 6 },
  (_, index) => first + Math.round(((calls - first) * index) / 5),
);

// The package keeps its memory to itself.
const memories: WebAssembly.Memory[] = [];
WebAssembly.instantiate = new Proxy(WebAssembly.instantiate, {
  apply: async (instantiate, _, args) => {
    const result = await Reflect.apply(instantiate, WebAssembly, args);
    // A pair of module and instance where bytes were given, else the instance.
    // Its name is shortened in the build.
    const exports: unknown[] = Object.values((result.instance ?? result).exports);
    memories.push(...exports.filter((value) => value instanceof WebAssembly.Memory));
    return result;
  },
});

const page = encode(wirePage({ total: 100 }));
const broken = encode({ ...wirePage({ total: 100 }), total: -1 });
const client = new InstaViewClient({
  apiKey: API_KEY,
  baseUrl: "https://api.example",
  maxRetries: 0,
  fetch: async (url: string) => {
    // An answer takes a turn of the event loop, in which the platform takes back what it registers with each request.
    await new Promise((resolve) => setImmediate(resolve));
    return new Response(url.endsWith("=10") ? broken : page);
  },
});
/** Bytes in use, once nothing more can be freed: finalizers run between collections, and free more. */
async function memoryInUse() {
  let heap = Number.POSITIVE_INFINITY;
  for (;;) {
    gc?.();
    await new Promise((resolve) => setTimeout(resolve, 10));
    const { heapUsed } = process.memoryUsage();
    if (heapUsed > heap - 10_000) break;
    heap = heapUsed;
  }
  return { heap, wasm: memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) };
}

let failures = 0;
const samples = [];

for (let call = 1; call <= calls; call += 1) {
  // One in ten fails: errors may leave something behind, too.
  await client.listPhoneNumbers({ page: (call % 10) + 1 }).catch(() => {
    failures += 1;
  });
  if (checkpoints.includes(call)) {
    samples.push({ calls: call, ...(await memoryInUse()) });
  }
}
if (failures !== Math.floor(calls / 10)) throw new Error(`${failures} of ${calls} calls failed`);
process.send?.(samples);
