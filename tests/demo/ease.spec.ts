import { announcement, expect, expectToHaveFocus, openLoaded, rows, test } from "./fixtures.ts";

test("works by keyboard alone", async ({ page, dashboardUrl }) => {
  await openLoaded(page, dashboardUrl);
  const focused = page.locator(":focus");

  await page.keyboard.press("Tab");
  await expect(focused).toHaveText("Skip to the phone numbers");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(focused).toHaveAccessibleName("Number");
  await page.keyboard.press("Space");
  await expect(page.getByRole("columnheader", { name: "Number" })).toHaveAttribute("aria-sort", "ascending");
  await expect(focused).toHaveAccessibleName("Number");

  await page.getByRole("radio", { name: "Company key" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("heading", { name: "Choose a company" })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(focused).toHaveAccessibleName("Company");
  await page.keyboard.press("T");
  await expect(rows(page)).toHaveCount(20);
  await expect(focused).toHaveAccessibleName("Company");

  await page.getByRole("button", { name: "Pick a number for an agent" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("companyPhoneNumberId");
  for (let steps = 0; steps < 12; steps++) {
    await page.keyboard.press("Tab");
    // Nothing behind the dialog can be reached; between its last and first element is the browser's own.
    expect(await page.evaluate(() => document.activeElement?.closest("main, header"))).toBeNull();
  }
  await dialog.getByRole("button", { name: "Close" }).press("Escape");
  await expectToHaveFocus(page.getByRole("button", { name: "Pick a number for an agent" }));
});

test("moves nothing for those who don't want it", async ({ page, sandbox, dashboardUrl }) => {
  sandbox.answerNext({ fault: { type: "stall-before-headers" } });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(dashboardUrl);
  await expect(announcement(page)).toHaveText("Loading…");
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});
