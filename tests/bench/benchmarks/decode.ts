// A checked page from the bytes of an answer, in Node and in Chromium.
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { chromiumArgs, findChromium } from "../../chromium.mjs";
import type { Measurement } from "../compare.ts";
import type { compareAllDecoders, DocumentName } from "../decoding.ts";
import { bundleForBrowser, folder, runScript } from "../prepare.ts";
import { type Comparison, withTargets } from "../report.ts";

const targets: Record<DocumentName, number> = {
  "100 numbers, ASCII": 0.6,
  "100 numbers, no location ASCII": 0.8,
  "1 number": 1.5,
};

export async function decode(isFull: boolean): Promise<Comparison[]> {
  const rounds = isFull ? 200 : 30;
  const inNode = await runScript<Results>("decode", [rounds]);
  const inChromium = await runInChromium(rounds);
  return [
    ...comparisons(`Node ${process.versions.node}`, inNode),
    ...comparisons(`Chromium ${inChromium.version}`, inChromium.results),
  ];
}

type Results = Awaited<ReturnType<typeof compareAllDecoders>>;

const comparisons = (runtime: string, results: Results) =>
  (Object.entries(results) as [DocumentName, Measurement[]][]).map(
    ([document, measurements]): Comparison => ({
      title: `Decoding: ${document}, ${runtime}`,
      unit: "microseconds for a document",
      better: "lower",
      isInChart: runtime.startsWith("Node") && document === "100 numbers, ASCII",
      results: withTargets(measurements, {
        "instaview-phone-numbers": { of: "ratio", is: "≤", bound: targets[document] },
      }),
    }),
  );

async function runInChromium(rounds: number): Promise<{ version: string; results: Results }> {
  const script = await bundleForBrowser({ entryPoints: [join(folder, "processes", "decode-page.ts")] });
  const executablePath = findChromium();
  const browser = await chromium.launch({ args: chromiumArgs, ...(executablePath && { executablePath }) });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: new TextDecoder().decode(script) });
    const results = await page.evaluate(
      (rounds) =>
        (
          globalThis as unknown as { compareAllDecoders(rounds: number): Promise<Results> }
        ).compareAllDecoders(rounds),
      rounds,
    );
    return { version: browser.version(), results };
  } finally {
    await browser.close();
  }
}
