// The browsers of the tests, one for each engine: each opens pages, and knows nothing of what is in them.
import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { type BrowserType, chromium, firefox, type LaunchOptions } from "@playwright/test";
import { installWithApt, which } from "./apt.mjs";
import { chromiumArgs, findChromium } from "./chromium.mjs";
import { findFirefox } from "./firefox.ts";

export type BrowserName = "chromium" | "firefox" | "webkit";

/** A tab with a page in it. */
export interface Tab {
  /** What the page has complained of, as far as the browser tells. */
  readonly complaints: string[];
  close(): Promise<unknown>;
}

/** A browser that is running. It trusts any certificate, because the servers of the tests make their own. */
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

/** Installs what is missing of them, where that is possible. */
export function installBrowsers() {
  findFirefox();
  hasWebKit();
}

async function startChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Unavailable("no Chromium or Google Chrome is installed");
  return launch(chromium, "Chromium", { executablePath, args: chromiumArgs });
}

/** An ordinary Firefox, by WebDriver BiDi. */
async function startFirefox(): Promise<Browser> {
  const executablePath = findFirefox();
  if (!executablePath) throw new Unavailable("no Firefox is installed");
  return launch(firefox, "Firefox", { executablePath, channel: "moz-firefox" });
}

async function launch(type: BrowserType, name: string, options: LaunchOptions): Promise<Browser> {
  const browser = await type.launch(options);
  return {
    version: `${name} ${browser.version()}`,
    async open(url) {
      const context = await browser.newContext({ ignoreHTTPSErrors: true });
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

const miniBrowser = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

/** Whether WebKitGTK is there, where it is installed now if that is possible. */
function hasWebKit(): boolean {
  const isInstalled = () => Boolean(which("WebKitWebDriver") && which("xvfb-run"));
  return (
    isInstalled() || (installWithApt("WebKitGTK", ["webkit2gtk-driver", "xvfb", "xauth"]) && isInstalled())
  );
}

/** WebKitGTK, which has no headless mode, on a screen that nobody sees; plain WebDriver. */
async function startWebKit(): Promise<Browser> {
  if (!hasWebKit()) throw new Unavailable("Debian's webkit2gtk-driver and xvfb are not installed");
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
      alwaysMatch: {
        browserName: "MiniBrowser",
        acceptInsecureCerts: true,
        "webkitgtk:browserOptions": options,
      },
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
