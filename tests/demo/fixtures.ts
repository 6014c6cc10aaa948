import { test as base, expect } from "@playwright/test";
import { type Dashboard, startDashboard } from "../../www/dashboard.ts";
import { SANDBOX_KEYS, type Sandbox, startSandbox } from "../../www/sandbox/index.ts";

interface TestFixtures {
  /** Where the page is. Its sandbox has forgotten what earlier tests did. */
  dashboardUrl: string;
  consoleErrors: string[];
}

interface WorkerFixtures {
  sandbox: Sandbox;
  dashboard: Dashboard;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  sandbox: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures that are needed
    async ({}, use) => {
      const sandbox = await startSandbox({ rateLimit: { minute: 100_000, hour: 100_000 } });
      await use(sandbox);
      await sandbox.close();
    },
    { scope: "worker" },
  ],

  dashboard: [
    async ({ sandbox }, use) => {
      const dashboard = await startDashboard({
        apiBaseUrl: sandbox.url,
        apiKey: SANDBOX_KEYS.company,
        port: 0,
      });
      await use(dashboard);
      await dashboard.close();
    },
    { scope: "worker" },
  ],

  dashboardUrl: async ({ sandbox, dashboard }, use) => {
    sandbox.reset();
    await use(dashboard.url);
  },

  consoleErrors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("console", (message) => {
        // The browser itself reports every answer that is an error: the tests look for those on the page.
        const reportsAnswer =
          new URL(message.location().url, "about:blank").pathname === "/api/phone-numbers";
        if (message.type() === "error" && !reportsAnswer) errors.push(message.text());
      });
      await use(errors);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
