// From the import of a library to its first page, each time in a fresh process.
import { compare } from "../compare.ts";
import { runScript, scriptPath, withServer } from "../prepare.ts";
import { type Comparison, withTargets } from "../report.ts";

const clients = {
  "fetch + response.json()": "fetch",
  "openai-node": "openai",
  "instaview-phone-numbers": "instaview",
  octokit: "octokit",
  "ky + zod": "ky-zod",
  "openapi-fetch": "openapi-fetch",
};

export async function start(isFull: boolean): Promise<Comparison[]> {
  const measurements = await withServer({ total: 5_000 }, (url) => {
    const contenders = Object.entries(clients).map(([name, module]) => ({
      name,
      sample: () => runScript<number>("start", [scriptPath(`clients/${module}`), url]),
    }));
    return compare(contenders, isFull ? 40 : 7);
  });
  return [
    {
      title: "Start: from import to the first page, in a fresh process",
      unit: "milliseconds",
      better: "lower",
      isInChart: true,
      results: withTargets(measurements, {
        "instaview-phone-numbers": { of: "ratio", is: "≤", bound: 1.7 },
      }),
    },
  ];
}
