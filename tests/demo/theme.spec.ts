import { expect, isDark, openLoaded, test } from "./fixtures.ts";

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
