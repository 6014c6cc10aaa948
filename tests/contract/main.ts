// Holds openapi.json against the package's types, the sandbox, and programs that nobody here wrote.
//   tsx tests/contract/main.ts          the same requests each time, within a minute
//   npm run contract [-- --seed 7]      other requests each time, and many more: a few minutes
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "../../pkg-template/build/build.ts";
import { Complaint, main, root, run, say } from "../../pkg-template/build/tools.mjs";
import { installPackages } from "../packages.ts";
import { documentPath, toolPath } from "./paths.ts";
import { installSchemathesis } from "./schemathesis.ts";

function readOptions() {
  const { values } = parseArgs({ options: { full: { type: "boolean" }, seed: { type: "string" } } });
  const seed = Number(values.seed ?? (values.full ? randomInt(1_000_000) : 1));
  if (!Number.isSafeInteger(seed)) throw new Complaint("A seed is an integer: npm run contract -- --seed 7");
  return { isFull: values.full === true, seed };
}

await main(async () => {
  const { isFull, seed } = readOptions();
  await build();
  installPackages(import.meta.dirname, "Prism, Redocly and the types' generator");
  installSchemathesis();

  const config = join(import.meta.dirname, "redocly.yaml");
  run(process.execPath, [toolPath("@redocly/cli/bin/cli.js"), "lint", documentPath, "--config", config], {
    REDOCLY_TELEMETRY: "off",
    REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  });

  const types = join(root, "target", "contract", "openapi.d.ts");
  run(process.execPath, [toolPath("openapi-typescript/bin/cli.js"), documentPath, "--output", types]);
  // Not a part of `npm run lint`, which needs neither these packages nor the types.
  run("tsc", ["--project", import.meta.dirname]);

  say(`The seed is ${seed}${isFull ? `; to repeat: npm run contract -- --seed ${seed}` : ""}`);
  run("vitest", ["run", "--config", "tests/vitest.config.ts", "tests/contract"], {
    CONTRACT_SEED: String(seed),
    ...(isFull && { CONTRACT_FULL: "yes" }),
  });
});
