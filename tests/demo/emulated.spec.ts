// What the browser or the system is made to be, and what only Chromium measures: the project of Firefox leaves this file out.
import { expect, isDark, openLoaded, test } from "./fixtures.ts";

test("follows the system, unless a theme is chosen", async ({ page, dashboardUrl }) => {
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

test("what is selected shows in the system's own colours", async ({ page, dashboardUrl }) => {
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

for (const width of [1280, 390]) {
  test(`nothing moves while the page loads, at ${width} pixels`, async ({ page, sandbox, dashboardUrl }) => {
    await page.setViewportSize({ width, height: 844 });
    // Slow enough for the placeholders to be seen.
    sandbox.latency = 400;
    await openLoaded(page, dashboardUrl);
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => {
            const shifts = list.getEntries() as (PerformanceEntry & { value: number })[];
            resolve(shifts.reduce((sum, { value }) => sum + value, 0));
          }).observe({ type: "layout-shift", buffered: true });
          // Without any shift, the observer is never called: two frames are enough for it.
          requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(0))));
        }),
    );
    expect(shift).toBeLessThan(0.01);
  });
}
