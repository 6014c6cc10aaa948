// Changes the code in many small ways, one at a time, to see whether a test notices:
//   npm run mutants -- [rust | typescript] [--shard 1/8] [files]
// A change that no test notices fails it, unless survivors.ts says why none can.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Complaint, main, root, say } from "../../pkg-template/build/tools.mjs";
import { type Mutant, type Scope, unexplained } from "./mutant.ts";
import { runRust } from "./rust.ts";
import { runTypeScript } from "./typescript.ts";

const languages: Record<string, (scope: Scope) => Promise<Mutant[]>> = {
  rust: runRust,
  typescript: runTypeScript,
};

await main(async () => {
  const { values, positionals } = parseArgs({
    options: { shard: { type: "string" } },
    allowPositionals: true,
  });
  const [, part, parts] = /^(\d+)\/(\d+)$/.exec(values.shard ?? "1/1") ?? [];
  const shard = { part: Number(part), parts: Number(parts) };
  if (!(shard.part >= 1 && shard.part <= shard.parts)) {
    throw new Complaint(`--shard is a part of all, such as 1/8, not ${values.shard}.`);
  }
  const files = positionals.filter((name) => !Object.hasOwn(languages, name));
  const named = positionals.filter((name) => Object.hasOwn(languages, name));

  mkdirSync(join(root, "target", "mutants"), { recursive: true });
  const failures: string[] = [];
  for (const [language, run] of Object.entries(languages)) {
    if (named.length > 0 && !named.includes(language)) continue;
    const mutants = await run({ shard, files });
    const viable = mutants.filter(({ outcome }) => outcome !== "unviable");
    const caught = viable.filter(({ outcome }) => outcome === "caught");
    const score = viable.length > 0 ? ((100 * caught.length) / viable.length).toFixed(1) : "100";
    say(`${language}: ${caught.length} of ${viable.length} mutants are noticed (${score} %)`);
    failures.push(...unexplained(mutants, shard.parts === 1));
  }
  for (const failure of failures) console.error(failure);
  if (failures.length > 0) {
    throw new Complaint(
      "Each of these needs a test that notices it, or a reason in tests/mutants/survivors.ts.",
    );
  }
});
