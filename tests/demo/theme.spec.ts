import type { Page } from "@playwright/test";
import { expect, openLoaded, test } from "./fixtures.ts";

const isDark = (page: Page) =>
  page.evaluate(() => {
    const [red = 255] = getComputedStyle(document.body).backgroundColor.match(/\d+/g)?.map(Number) ?? [];
    return red < 128;
  });

const NO_EMULATION = "over WebDriver BiDi, Playwright emulates no system settings";

test("follows the system, unless a theme is chosen", async ({ page, browserName, dashboardUrl }) => {
  test.skip(browserName === "firefox", NO_EMULATION);
  await page.emulateMedia({ colorScheme: "dark" });
  await openLoaded(page, dashboardUrl);
  const theme = page.getByRole("combobox", { name: "Theme" });
  await expect(theme.locator("option:checked")).toHaveText("As the system");
  expect(await isDark(page)).toBe(true);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await isDark(page)).toBe(false);
  await theme.selectOption("Light");
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => isDark(page)).toBe(false);
  await theme.selectOption("As the system");
  await expect.poll(() => isDark(page)).toBe(true);
});

test("keeps the theme that is chosen, and paints nothing in another first", async ({
  page,
  dashboardUrl,
  consoleErrors,
}) => {
  await openLoaded(page, dashboardUrl);
  const theme = page.getByRole("combobox", { name: "Theme" });
  for (const [name, expected] of [
    ["Dark", true],
    ["Light", false],
  ] as const) {
    await theme.selectOption(name);
    await expect.poll(() => isDark(page)).toBe(expected);
    // Before any script of the page's own.
    await page.route(/main\.ts/, (route) => route.abort());
    await page.reload();
    expect(await isDark(page)).toBe(expected);
    await page.unroute(/main\.ts/);
    await openLoaded(page, dashboardUrl);
    expect(await isDark(page)).toBe(expected);
    await expect(theme.locator("option:checked")).toHaveText(name);
  }
  consoleErrors.length = 0;
});

test("does without a browser that keeps anything", async ({ page, dashboardUrl }) => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, "localStorage", {
      get: () => {
        throw new DOMException("Access is denied", "SecurityError");
      },
    });
  });
  await openLoaded(page, dashboardUrl);
  await page.getByRole("combobox", { name: "Theme" }).selectOption("Dark");
  await expect.poll(() => isDark(page)).toBe(true);
});

test("what is selected shows in the system's own colours", async ({ page, browserName, dashboardUrl }) => {
  test.skip(browserName === "firefox", NO_EMULATION);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ forcedColors: "active" });
  await openLoaded(page, dashboardUrl);
  const background = (name: string) =>
    page.getByText(name, { exact: true }).evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await background("Company key")).not.toBe(await background("ATS partner key"));

  const bar = (name: string) => page.getByRole("region", { name: "Country" }).getByRole("button", { name });
  const backgroundOf = (name: string) =>
    bar(name).evaluate((element) => getComputedStyle(element).backgroundColor);
  await bar("Slovakia").click();
  await expect(bar("Slovakia")).toHaveAttribute("aria-pressed", "true");
  expect(await backgroundOf("Slovakia")).not.toBe(await backgroundOf("Germany"));

  const header = (name: string) => page.getByRole("columnheader", { name }).getByRole("button");
  await header("Number").click();
  await page.getByRole("heading", { name: "Phone numbers" }).click();
  const outline = (name: string) =>
    header(name).evaluate((element) => getComputedStyle(element).outlineStyle);
  expect(await outline("Number")).toBe("solid");
  expect(await outline("Status")).toBe("none");
});
