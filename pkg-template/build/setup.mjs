// Installs whatever is missing on a machine with rustup and Node, and nothing twice.
//   node pkg-template/build/setup.mjs [--tests]
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Complaint, installRustTools, main, root, run, say } from "./tools.mjs";

function checkNode() {
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [neededMajor, neededMinor] = engines.node.match(/\d+/g).map(Number);
  if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
    throw new Complaint(`Node ${process.versions.node} is too old: this project needs Node ${engines.node}.`);
  }
}

function installPackages() {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  const stamp = join(root, "node_modules", ".installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  say("Installing the npm packages");
  run("npm", ["ci", "--no-audit", "--no-fund"]);
  writeFileSync(stamp, lock);
}

await main(async () => {
  checkNode();
  installPackages();
  installRustTools();
  if (process.argv.includes("--tests")) {
    const { installChromium } = await import("../../tests/chromium.mjs");
    installChromium();
    const { installRedis } = await import("../../tests/redis/install.mjs");
    installRedis();
  }
});
