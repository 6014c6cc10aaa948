// Uses the package as many users would, against a server that does everything wrong:
//   npm run soak                            for an hour
//   npm run soak -- --minutes 10 --seed 7   for as long, with the choices of a seed
//   npm run soak -- --seed 7 --round 12     one round of it again
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build as bundle } from "esbuild";
import { build } from "../../pkg-template/build/build.ts";
import { Complaint, main, root, run, say } from "../../pkg-template/build/tools.mjs";

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        minutes: { type: "string", default: "60" },
        seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000) + 1) },
        round: { type: "string", default: "0" },
      },
    });
    const [minutes, seed, round] = [Number(values.minutes), Number(values.seed), Number(values.round)];
    if (minutes > 0 && Number.isSafeInteger(seed) && Number.isSafeInteger(round) && round >= 0)
      return { minutes, seed, round };
  } catch {
    // An unknown option is answered with the usage, like a wrong number.
  }
  throw new Complaint("Usage: npm run soak -- [--minutes 60] [--seed 7] [--round 12]");
}

await main(async () => {
  const { minutes, seed, round } = readArguments();
  await build();
  const outfile = join(root, "target/soak/run.mjs");
  await bundle({
    entryPoints: [join(import.meta.dirname, "run.ts")],
    alias: { "instaview-phone-numbers": join(root, "pkg/index.js") },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: true,
    outfile,
    // What is CommonJS in it requires modules of Node.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  say(round > 0 ? `Soak: seed ${seed}, round ${round}` : `Soak: seed ${seed}, ${minutes} minutes`);
  // The variables of whoever runs it must not decide where the requests go.
  const environment = { INSTAVIEW_API_KEY: "", INSTAVIEW_BASE_URL: "" };
  run("node", [outfile, String(seed), String(minutes * 60), String(round)], environment);
});
