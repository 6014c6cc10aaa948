// Runs every test, or the suites that are named: npm test -- rust package
import { join } from "node:path";
import { build, buildPlain, buildTrapping } from "../pkg-template/build/build.ts";
import { Complaint, main, run, say, simd } from "../pkg-template/build/tools.mjs";
import { installBrowsers } from "./browsers.ts";
import { findChromedriver, findChromium, writeWebdriverConfig } from "./chromium.mjs";
import { findFirefox } from "./firefox.ts";
import { installPackages } from "./packages.ts";

const boundary = ["--", "--test", "boundary"];
const vitest = ["run", "--config", "tests/vitest.config.ts"];

/** Each suite, by the name of its folder where it has one. */
const suites: Record<string, () => void> = {
  rust: () => run("cargo", ["test", "--quiet", "--workspace"]),
  "boundary-node": () =>
    run("wasm-pack", ["test", "--node", "--mode", "no-install", ...boundary], { RUSTFLAGS: simd }),
  "boundary-chromium": () => {
    writeWebdriverConfig();
    const driver = findChromedriver();
    const withDriver = driver ? ["--chromedriver", driver, "--mode", "no-install"] : [];
    // Its server has four threads, each for a connection that stays open, and may leave a fifth one waiting for good: the core
    // therefore imports no more than three files of JavaScript at once (src/web/*.js).
    run("wasm-pack", ["test", "--headless", "--chrome", ...withDriver, ...boundary], {
      WASM_BINDGEN_USE_BROWSER: "1",
      RUSTFLAGS: simd,
    });
  },
  types: () => run("tsx", ["tests/types/main.ts"]),
  reproducible: () => run("tsx", ["tests/reproducible.ts"]),
  package: () =>
    run("vitest", [...vitest, "tests/bench", "tests/commands", "tests/package", "tests/sandbox"]),
  redis: () => {
    installPackages(join(import.meta.dirname, "redis"), "older clients of Redis");
    run("vitest", [...vitest, "tests/redis"]);
  },
  contract: () => run("tsx", ["tests/contract/main.ts"]),
  faults: () => {
    installBrowsers();
    run("vitest", [...vitest, "tests/faults"]);
  },
  soak: () => {
    run("vitest", [...vitest, "tests/soak"]);
    run("tsx", ["tests/soak/main.ts", "--minutes", "0.5"]);
  },
  matrix: () => run("tsx", ["tests/matrix/main.ts"], { CHROMIUM_PATH: findChromium() }),
  demo: () => {
    const firefox = findFirefox();
    if (!firefox) say("Not in Firefox: none is installed (firefox-esr, or firefox)");
    const paths = { CHROMIUM_PATH: findChromium(), FIREFOX_PATH: firefox };
    run("playwright", ["test", "--config", "tests/demo"], paths);
  },
};

await main(async () => {
  const named = process.argv.slice(2);
  const unknown = named.find((name) => !Object.hasOwn(suites, name));
  if (unknown) {
    throw new Complaint(`There is no suite "${unknown}". The suites are: ${Object.keys(suites).join(", ")}.`);
  }

  await build();
  await buildTrapping();
  await buildPlain();
  const failed: string[] = [];
  const selected = Object.entries(suites).filter(([name]) => named.length === 0 || named.includes(name));
  for (const [name, runSuite] of selected) {
    const start = performance.now();
    say(`Testing: ${name}`);
    try {
      runSuite();
      say(`Passed: ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed.push(name);
      say(`Failed: ${name}. ${error instanceof Error ? error.message : error}`);
    }
  }
  if (failed.length > 0) console.error(`Failed: ${failed.join(", ")}. One alone: npm test -- ${failed[0]}`);
  console.log(`suites: ${selected.length - failed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length > 0 ? 1 : 0;
});
