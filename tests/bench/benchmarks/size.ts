// What a library adds to a web page.
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { compare } from "../compare.ts";
import { bundleForBrowser, folder } from "../prepare.ts";
import { type Comparison, withTargets } from "../report.ts";

const OURS = "import { listPhoneNumbers }";

/** A statement, or a module of `clients`: that is what it takes to get a page. */
const bundles = {
  "openai-node": { client: "openai" },
  [OURS]: { code: 'import { listPhoneNumbers } from "instaview-phone-numbers"; listPhoneNumbers();' },
  stripe: { code: 'import Stripe from "stripe"; new Stripe("").customers.list();' },
  "ky + zod": { client: "ky-zod" },
  "ky + zod/mini": { client: "ky-zod-mini" },
  "octokit (core)": { client: "octokit" },
  "openapi-fetch + zod": {
    code: 'import create from "openapi-fetch"; import { checkWithZod } from "./schemas/zod.ts"; create().GET("").then(checkWithZod);',
  },
  "openapi-fetch": { client: "openapi-fetch" },
};

export async function size(): Promise<Comparison[]> {
  const contenders = Object.entries(bundles).map(([name, bundle]) => ({
    name,
    sample: async () => {
      const code = await bundleForBrowser(
        "code" in bundle
          ? { stdin: { contents: bundle.code, resolveDir: folder } }
          : { entryPoints: [join(folder, "clients", `${bundle.client}.ts`)] },
      );
      return gzipSync(code, { level: 9 }).length / 1000;
    },
  }));
  const measurements = await compare(contenders, 1, 0);
  return [
    {
      title: "Size: a browser bundle by esbuild, minified and gzipped",
      unit: "kilobytes",
      better: "lower",
      isInChart: true,
      results: withTargets(measurements, { [OURS]: { of: "value", is: "≤", bound: 41 } }),
    },
  ];
}
