import { test as base, expect, type Locator, type Page } from "@playwright/test";
import {
  ATS_COMPANIES,
  COMPANIES,
  SANDBOX_KEYS,
  type Sandbox,
  startSandbox,
} from "../../www/sandbox/index.ts";
import { type Dashboard, startDashboard } from "../../www/server/dashboard.ts";

interface TestFixtures {
  /** Where the page is. Its sandbox has forgotten what earlier tests did. */
  dashboardUrl: string;
  consoleErrors: string[];
}

interface WorkerFixtures {
  sandbox: Sandbox;
  dashboard: Dashboard;
}

export const NUMBERS = COMPANIES.large.phoneNumbers;

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
        ats: {
          apiKey: SANDBOX_KEYS.ats,
          companies: ATS_COMPANIES.map(({ id, name }) => ({ id, name })),
        },
        sandbox,
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
        const reportsAnswer = /\/phone-numbers(\?|$)/.test(message.location().url);
        if (message.type() === "error" && !reportsAnswer) errors.push(message.text());
      });
      await use(errors);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** What the page tells those who only listen. */
export function announcement(page: Page): Locator {
  return page.getByRole("status").last();
}

/** How many numbers there are, as the page's head says. */
export function total(page: Page): Locator {
  return page.getByRole("banner").getByText(/^[\d,]+ numbers?$/);
}

/** Opens the page, and waits until it has everything that it loads unasked. */
export async function openLoaded(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expectLoaded(page);
}

/** The first page of all 237, in the default size. */
export async function expectLoaded(page: Page): Promise<void> {
  // First, because what is read out comes a moment later: it may still be of what was loaded before.
  await expect(rows(page)).toHaveCount(20);
  await expect(announcement(page)).toHaveText("1–20 of 237. Page 1 of 12.");
}

/** Has the page tell what it copies: Firefox lets no test read the clipboard. To be called before the page is opened. */
export async function watchClipboard(page: Page, browserName: string): Promise<() => Promise<string>> {
  if (browserName === "chromium") await page.context().grantPermissions(["clipboard-write"]);
  await page.addInitScript(() => {
    const { clipboard } = navigator;
    const writeText = async (text: string) => {
      await clipboard.writeText(text);
      Object.assign(globalThis, { copied: text });
    };
    Object.defineProperty(navigator, "clipboard", { value: { writeText } });
  });
  return () => page.evaluate(() => (globalThis as unknown as { copied: string }).copied);
}

/** Expects that the keyboard goes on from here, also where the browser itself has it at the moment: for a download, say. */
export async function expectToHaveFocus(element: Locator): Promise<void> {
  await expect.poll(() => element.evaluate((node) => node === document.activeElement)).toBe(true);
}

/** Whether the page is painted in dark colours. */
export function isDark(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const [red = 255] = getComputedStyle(document.body).backgroundColor.match(/\d+/g)?.map(Number) ?? [];
    return red < 128;
  });
}

/** The rows of numbers, without the one that names the columns. */
export function rows(page: Page): Locator {
  return page.getByRole("row").filter({ has: page.getByRole("rowheader") });
}

/** The numbers in the table, as the API sends them. */
export async function shownNumbers(page: Page): Promise<string[]> {
  const texts = await page.getByRole("rowheader").getByTitle("Show every field").allTextContents();
  return texts.map((text) => text.replaceAll(/[^+\d]/g, ""));
}

/** What the table should show. */
export function numbers(start: number, end: number): string[] {
  return NUMBERS.slice(start, end).map(({ number }) => number);
}
