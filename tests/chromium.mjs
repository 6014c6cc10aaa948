// Where a Chromium is for the tests, and how to get one. Plain JavaScript: the set-up runs it too.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { Complaint, root, run, say } from "../pkg-template/build/tools.mjs";
import { canUseApt, installWithApt, which } from "./apt.mjs";

/** Headless, as root too, on small machines, and without calling home. */
export const chromiumArgs = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

const candidates = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const macPath = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** The browser that is installed, else the one that Playwright has downloaded. */
export function findChromium() {
  const installed = candidates.map(which).find(Boolean);
  return installed ?? [macPath, chromium.executablePath()].find((path) => existsSync(path));
}

/** The driver that wasm-bindgen-test needs; without one, wasm-pack downloads it. */
export const findChromedriver = () => which("chromedriver");

/** Installs a Chromium where none is found. */
export function installChromium() {
  if (findChromium() && (findChromedriver() || !canUseApt())) return;
  if (installWithApt("Chromium and its driver", ["chromium", "chromium-driver"])) return;
  say("Downloading Playwright's Chromium (once)");
  try {
    run("playwright", ["install", "chromium"]);
  } catch {
    throw new Complaint("The tests need a browser: install Chromium or Google Chrome, then run this again.");
  }
}

/** Tells wasm-bindgen's test runner, which looks for this file beside Cargo.toml, how to start the browser. */
export function writeWebdriverConfig() {
  const options = { binary: findChromium(), args: chromiumArgs };
  writeFileSync(join(root, "webdriver.json"), JSON.stringify({ "goog:chromeOptions": options }));
}
