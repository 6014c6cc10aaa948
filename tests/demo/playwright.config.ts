import { defineConfig } from "@playwright/test";
import { chromiumArgs } from "../chromium.mjs";

const { CHROMIUM_PATH: chromiumPath, FIREFOX_PATH: firefoxPath } = process.env;

const chromium = {
  name: "chromium",
  use: { launchOptions: { args: chromiumArgs, ...(chromiumPath && { executablePath: chromiumPath }) } },
};

/** An ordinary Firefox, by WebDriver BiDi. */
const firefox = (executablePath: string) => ({
  name: "firefox",
  // What is looked at looks the same, and the site's build looks at no browser. Over WebDriver BiDi, Playwright emulates no colours
  // of the system, and Firefox measures no layout shifts.
  testIgnore: /looks|static|emulated/,
  use: {
    browserName: "firefox" as const,
    channel: "moz-firefox",
    launchOptions: { executablePath, firefoxUserPrefs: { "ui.prefersReducedMotion": 1 } },
  },
});

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  // Each worker has its own sandbox, dashboard and browser.
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: "list",
  projects: firefoxPath ? [chromium, firefox(firefoxPath)] : [chromium],
});
