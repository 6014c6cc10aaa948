// What the tests need of the machine, and how to get it there. Plain JavaScript: the set-up runs it too.
import { output, run, say } from "../pkg-template/build/tools.mjs";

/**
 * Where a command is.
 * @param {string} command
 */
export function which(command) {
  return process.platform === "win32" ? undefined : output("sh", ["-c", `command -v ${command}`]);
}

/** Whether packages of Debian can be installed. */
export const canUseApt = () => process.getuid?.() === 0 && which("apt-get") !== undefined;

/**
 * Installs Debian packages, where that is possible.
 * @param {string} what
 * @param {string[]} packages
 */
export function installWithApt(what, packages) {
  if (!canUseApt()) return false;
  say(`Installing ${what} with apt (once, a few minutes)`);
  run("apt-get", ["update", "-qq"]);
  run("apt-get", ["install", "-qq", "--yes", "--no-install-recommends", ...packages], {
    DEBIAN_FRONTEND: "noninteractive",
  });
  return true;
}
