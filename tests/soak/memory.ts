import type { CoreUse } from "./held.ts";

/** What was in use after a round, once nothing more could be freed. */
export interface Sample extends CoreUse {
  heap: number;
}

/** Bytes by which the heap may grow: what the engine has compiled meanwhile. */
const HEAP_TOLERANCE = 1_500_000;
/** A core's memory never shrinks, and bodies of 8 MiB may come together that did not meet before: each takes 32 MiB for a moment. */
const CORE_TOLERANCE = 64 * 1024 * 1024;
const FEWEST_SAMPLES = 8;

/**
 * What is not flat. After a warm-up of a fifth, the samples of the second half are compared with those of the first: by their medians, so that a
 * single one decides nothing. The core holds no more values at the end than when it was warm.
 */
export function memoryComplaints(samples: readonly Sample[]): string[] {
  const warm = samples.slice(Math.ceil(samples.length / 5));
  if (warm.length < FEWEST_SAMPLES) return [];
  const middle = Math.floor(warm.length / 2);
  const [first, second] = [warm.slice(0, middle), warm.slice(middle)];
  const complaints: string[] = [];
  const compare = (name: string, tolerance: number, of: (sample: Sample) => number) => {
    const [before, after] = [median(first.map(of)), median(second.map(of))];
    if (after - before > tolerance)
      complaints.push(`${name}: ${before} in the first half, ${after} in the second`);
  };
  compare("bytes of the heap", HEAP_TOLERANCE, ({ heap }) => heap);
  compare("bytes of the core", CORE_TOLERANCE, ({ bytes }) => bytes);
  compare("values that the core holds", 0, ({ held }) => held);
  return complaints;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
