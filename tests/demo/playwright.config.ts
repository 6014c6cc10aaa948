import { defineConfig } from "@playwright/test";
import { chromiumArgs } from "../chromium.mjs";

const executablePath = process.env.CHROMIUM_PATH;

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  // Each worker has its own sandbox, dashboard and browser.
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: "list",
  use: {
    launchOptions: { args: chromiumArgs, ...(executablePath && { executablePath }) },
  },
});
