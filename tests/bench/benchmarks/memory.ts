// What many calls leave behind, in a process that does nothing else.
import { compare } from "../compare.ts";
import { runScript } from "../prepare.ts";
import { type Comparison, withTargets } from "../report.ts";

interface Sample {
  calls: number;
  heap: number;
  wasm: number;
}

export async function memory(isFull: boolean): Promise<Comparison[]> {
  const samples = await runScript<Sample[]>("memory", [isFull ? 1_000_000 : 20_000], ["--expose-gc"]);
  const nameOf = ({ calls }: Sample) => `after ${calls.toLocaleString("en")} calls`;
  const last = nameOf(samples.at(-1) as Sample);
  const comparison = async (title: string, of: "heap" | "wasm", bound: number): Promise<Comparison> => {
    const contenders = samples.map((sample) => ({ name: nameOf(sample), sample: () => sample[of] / 1e6 }));
    const measurements = await compare(contenders, 1, 0);
    return {
      title,
      unit: "megabytes",
      better: "lower",
      isInChart: false,
      results: withTargets(measurements, { [last]: { of: "ratio", is: "≤", bound } }),
    };
  };
  return [
    await comparison("Memory: JavaScript's heap", "heap", 1.05),
    await comparison("Memory: WebAssembly's", "wasm", 1),
  ];
}
