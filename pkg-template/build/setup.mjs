// Installs whatever is missing on a machine with rustup and Node, and nothing twice.
//   node pkg-template/build/setup.mjs [--tests]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Complaint, installRustTools, main, packagesOf, root, say, shell } from "./tools.mjs";

function checkNode() {
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [neededMajor, neededMinor] = engines.node.match(/\d+/g).map(Number);
  if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
    throw new Complaint(`Node ${process.versions.node} is too old: this project needs Node ${engines.node}.`);
  }
}

/** Starts `npm ci` where package-lock.json is not the one that is installed, and waits for its end. */
async function installPackages() {
  const { areInstalled, noteInstalled } = packagesOf(root);
  if (areInstalled) return;
  say("Installing the npm packages (about 10 seconds)");
  // No bar: cargo may be printing at the same time.
  const args = ["ci", "--no-audit", "--no-fund", "--no-progress"];
  const npm = spawn("npm", args, { cwd: root, shell, stdio: "inherit" });
  const [code] = await once(npm, "close");
  if (code !== 0) throw new Complaint(`\`npm ${args.join(" ")}\` failed: what it says is above.`);
  noteInstalled();
}

await main(async () => {
  checkNode();
  // At the same time: the one waits for the network, the other for the processor.
  await Promise.all([installPackages(), installRustTools()]);
  if (process.argv.includes("--tests")) {
    const { installChromium } = await import("../../tests/chromium.mjs");
    installChromium();
    const { installRedis } = await import("../../tests/redis/install.mjs");
    installRedis();
  }
});
