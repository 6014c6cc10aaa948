import { COMPANIES } from "../../www/sandbox/index.ts";
import { announcement, expect, NUMBERS, openLoaded, test, watchClipboard } from "./fixtures.ts";

test("shows every field of a number, also those that are new", async ({
  page,
  sandbox,
  browserName,
  dashboardUrl,
}) => {
  const number = {
    ...NUMBERS[0],
    number: "+14155552671",
    location: "San Francisco, US",
    custom: true,
    createdAt: "2025-01-15T12:00:00.000Z",
    updatedAt: "2025-06-30T12:00:00.000Z",
    messaging: { sms: true },
  };
  sandbox.answerNext({ body: { data: [number], total: 1, page: 1, limit: 100, totalPages: 1 } });
  await watchClipboard(page, browserName);
  await page.clock.setFixedTime("2026-07-15T12:00:00Z");
  await page.goto(dashboardUrl);
  const open = page.getByRole("button", { name: "+1 415 555 2671", exact: true });
  await open.click();
  const dialog = page.getByRole("dialog", { name: "+1 415 555 2671" });
  for (const [name, value] of [
    ["Number", "+14155552671"],
    ["ID", number.id ?? ""],
    ["Company ID", COMPANIES.large.id],
    ["Location", "San Francisco, US"],
    ["Country", "United States"],
    ["Calls", "Can be called"],
    ["Type", "Local"],
    ["Provider", "Twilio"],
    ["Status", "Pending"],
    ["Custom", "Yes"],
    ["Created", /^\s*15 Jan 2025, \d\d:00\s+17 months ago\s*$/],
    ["Updated", /^\s*30 Jun 2025, \d\d:00\s+12 months ago\s*$/],
    ["messaging", '{"sms":true}'],
  ] as const) {
    const field = dialog.getByRole("term").filter({ hasText: new RegExp(`^${name}$`) });
    const shown = dialog.getByRole("definition").and(field.locator("+ *"));
    if (typeof value === "string") await expect(shown, name).toContainText(value);
    else await expect(shown, name).toHaveText(value);
  }
  const json = await dialog.getByRole("region", { name: "As JSON" }).innerText();
  expect(JSON.parse(json)).toEqual(number);

  await dialog.getByRole("button", { name: `${number.id} copy` }).click();
  await expect(announcement(page)).toHaveText(`Copied ${number.id}`);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(open).toBeFocused();
});

test("is closed by a click beside it, and shows another number", async ({ page, dashboardUrl }) => {
  await openLoaded(page, dashboardUrl);
  await page.getByRole("button", { name: "+49 89 99998474", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "+49 89 99998474" })).toBeVisible();
  await page.mouse.click(100, 300);
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.getByRole("button", { name: "+1 212 555 0174", exact: true }).press("Enter");
  await expect(page.getByRole("dialog", { name: "+1 212 555 0174" })).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
});
