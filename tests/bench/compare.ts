// Times contenders side by side. All of them take a sample in each round, so that whatever slows the machine for a while
// slows all of them, and a ratio is that of two samples of the same round.

/** One way to do a piece of work. */
export interface Contender {
  name: string;
  /** One measurement, in the unit of the comparison. */
  sample(): number | Promise<number>;
}

/** Median, and the quartiles between which half of the samples are. */
export interface Spread {
  median: number;
  low: number;
  high: number;
}

export interface Measurement {
  name: string;
  value: Spread;
  /** Over the baseline. */
  ratio: Spread;
}

/** Compares the contenders; the first of them is the baseline. */
export async function compare(contenders: Contender[], rounds: number, warmUps = 1): Promise<Measurement[]> {
  const samples = contenders.map((): number[] => []);
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const index of shuffled(contenders.length)) {
      const value = await (contenders[index] as Contender).sample();
      if (round >= 0) samples[index]?.push(value);
    }
  }
  const baseline = samples[0] ?? [];
  return contenders.map(({ name }, index) => {
    const values = samples[index] ?? [];
    return {
      name,
      value: spread(values),
      ratio: spread(values.map((value, round) => value / (baseline[round] as number))),
    };
  });
}

/** The numbers below a length in an order of their own: nobody always follows the same contender's garbage. */
function shuffled(length: number): number[] {
  const order = Array.from({ length }, (_, index) => index);
  return order
    .map((index) => ({ index, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ index }) => index);
}

export function spread(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

function quantile(sorted: number[], fraction: number): number {
  const position = (sorted.length - 1) * fraction;
  const below = sorted[Math.floor(position)] as number;
  const above = sorted[Math.ceil(position)] as number;
  return below + (above - below) * (position % 1);
}

/** Milliseconds that something takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
