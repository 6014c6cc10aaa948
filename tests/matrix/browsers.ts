// The browsers of the matrix: each is started once, opens a page, and knows nothing of what is in it.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { setTimeout as delay } from "node:timers/promises";
import { chromium } from "@playwright/test";
import { installWithApt, which } from "../apt.mjs";
import { chromiumArgs, findChromium } from "../chromium.mjs";
import { toolPath } from "./tools.ts";

export type BrowserName = "chromium" | "firefox" | "webkit";

/** A tab with a page in it. */
export interface Tab {
  /** What the page has complained of, as far as the browser tells. */
  readonly complaints: string[];
  close(): Promise<unknown>;
}

export interface Browser {
  readonly version: string;
  open(url: string): Promise<Tab>;
  close(): Promise<unknown>;
}

/** Why something cannot be tried on this machine, in a sentence. */
export class Unavailable extends Error {}

export const startBrowser: Record<BrowserName, () => Promise<Browser>> = {
  chromium: startChromium,
  firefox: startFirefox,
  webkit: startWebKit,
};

async function startChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Unavailable("no Chromium or Google Chrome is installed");
  const browser = await chromium.launch({ executablePath, args: chromiumArgs });
  return {
    version: `Chromium ${browser.version()}`,
    async open(url) {
      const context = await browser.newContext();
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      await page.goto(url);
      return { complaints, close: () => context.close() };
    },
    close: () => browser.close(),
  };
}

async function startFirefox(): Promise<Browser> {
  const find = () => ["firefox-esr", "firefox"].map(which).find(Boolean);
  if (!find()) installWithApt("Firefox", ["firefox-esr"]);
  const executablePath = find();
  if (!executablePath) throw new Unavailable("no Firefox is installed");
  const puppeteer = createRequire(import.meta.url)(toolPath("puppeteer-core"));
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
  return {
    version: (await browser.version()).replace(/^firefox\//i, "Firefox "),
    async open(url) {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on("pageerror", (error: Error) => complaints.push(error.message));
      await page.goto(url);
      return { complaints, close: () => page.close() };
    },
    close: () => browser.close(),
  };
}

const miniBrowser = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

/** WebKitGTK, which has no headless mode, on a screen that nobody sees; plain WebDriver. */
async function startWebKit(): Promise<Browser> {
  const isInstalled = () => which("WebKitWebDriver") && which("xvfb-run");
  if (!isInstalled()) installWithApt("WebKitGTK", ["webkit2gtk-driver", "xvfb", "xauth"]);
  if (!isInstalled()) throw new Unavailable("Debian's webkit2gtk-driver and xvfb are not installed");
  const port = 20_000 + (process.pid % 20_000);
  const driver = spawn("xvfb-run", ["-a", "WebKitWebDriver", `--port=${port}`], {
    stdio: "ignore",
    detached: true,
  });

  async function send(method: string, path: string, body?: unknown) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(method === "POST" && { body: JSON.stringify(body ?? {}) }),
    });
    const { value } = (await response.json()) as { value: { error?: string; message?: string } };
    if (value?.error) throw new Error(`WebKitWebDriver: ${value.error}: ${value.message}`);
    return value as Record<string, unknown>;
  }

  // It says nothing when it is ready.
  for (let attempts = 0; ; attempts++) {
    try {
      await send("GET", "/status");
      break;
    } catch (error) {
      if (attempts === 100) throw error;
      await delay(100);
    }
  }
  const options = { binary: miniBrowser, args: ["--automation"] };
  const { sessionId, capabilities } = (await send("POST", "/session", {
    capabilities: {
      alwaysMatch: { browserName: "MiniBrowser", "webkitgtk:browserOptions": options },
    },
  })) as { sessionId: string; capabilities: { browserVersion: string } };
  return {
    version: `WebKitGTK ${capabilities.browserVersion}`,
    async open(url) {
      await send("POST", `/session/${sessionId}/url`, { url });
      return {
        complaints: [],
        close: () => send("POST", `/session/${sessionId}/url`, { url: "about:blank" }),
      };
    },
    async close() {
      await send("DELETE", `/session/${sessionId}`);
      if (driver.pid) process.kill(-driver.pid, "SIGTERM");
    },
  };
}
