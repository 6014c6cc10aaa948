import { announcement, expect, NUMBERS, rows, test } from "./fixtures.ts";

test("a page that loads is busy, and given up for another", async ({ page, sandbox, dashboardUrl }) => {
  const table = page.getByRole("table", { name: "Phone numbers" });
  await page.goto(dashboardUrl);
  await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);
  await expect(table).toHaveAttribute("aria-busy", "false");

  sandbox.answerNext({ fault: { type: "stall-before-headers" } });
  await page.getByRole("button", { name: "Next" }).click();
  await expect(table).toHaveAttribute("aria-busy", "true");
  await expect(announcement(page)).toHaveText("Loading…");
  await expect(page.getByRole("rowheader")).toHaveCount(0);
  await expect(page.getByText("Page 2 of 12", { exact: true })).toBeVisible();

  const stalled = await sandbox.requestReceived(2);
  await page.getByRole("button", { name: "Next" }).click();
  await expect(announcement(page)).toHaveText(/^Page 3 of 12 loaded/);
  await stalled.closed;
  expect(stalled.aborted).toBe(true);
});

test("a company without numbers", async ({ page, sandbox, dashboardUrl }) => {
  sandbox.answerNext({ body: { data: [], total: 0, page: 1, limit: 20, totalPages: 0 } });
  await page.goto(dashboardUrl);
  await expect(page.getByRole("heading", { name: "No phone numbers yet" })).toBeVisible();
  await expect(announcement(page)).toHaveText("There are no numbers on this page.");
  await expect(page.getByRole("table")).toBeHidden();
  await expect(page.getByRole("button", { name: "Next" })).toBeHidden();
  await expect(page.getByRole("button", { name: /^Load all/ })).toBeHidden();
});

test("a page after the last", async ({ page, dashboardUrl }) => {
  await page.goto(`${dashboardUrl}?page=99`);
  await expect(page.getByRole("heading", { name: "Page 99 is empty" })).toBeVisible();
  await page.getByRole("button", { name: "Go to the first page" }).click();
  await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);
  await expect(page.getByRole("region", { name: "Phone numbers" })).toBeFocused();
});

test("a filter that nothing on the page matches", async ({ page, sandbox, dashboardUrl }) => {
  const data = NUMBERS.filter(({ capabilities }) => capabilities === "INBOUND").slice(0, 20);
  sandbox.answerNext({ body: { data, total: 237, page: 1, limit: 20, totalPages: 12 } });
  await page.goto(`${dashboardUrl}?capability=OUTBOUND`);
  await expect(page.getByRole("heading", { name: "No match on this page" })).toBeVisible();
  await expect(page.getByText("0 of the 20 numbers on this page", { exact: true })).toBeVisible();
  await expect(page.getByText("Others may match")).toBeVisible();

  await page
    .getByRole("region", { name: "Phone numbers" })
    .getByRole("button", { name: "Clear filters" })
    .press("Enter");
  await expect(rows(page)).toHaveCount(20);
  await expect(page.getByRole("region", { name: "Phone numbers" })).toBeFocused();
});

test("shows every value as text, whatever it is", async ({ page, sandbox, dashboardUrl }) => {
  const { location: _, ...withoutLocation } = NUMBERS[0] as (typeof NUMBERS)[number];
  const data = [
    { ...withoutLocation, number: "+14155552671", createdAt: "2025-01-15T12:00:00.000Z" },
    { ...withoutLocation, number: "+421550123400", location: "Košice, SK", numberType: "TOLL_FREE" },
    { ...withoutLocation, number: "+81302741800", location: "東京, JP", capabilities: "SMS_ONLY" },
    { ...withoutLocation, number: "*100", location: "<b>Brno</b>", createdAt: "yesterday" },
    { ...withoutLocation, number: "+97225550100", location: "תל אביב, IL", status: "IN_USE" },
  ];
  sandbox.answerNext({ body: { data, total: 5, page: 1, limit: 20, totalPages: 1 } });
  await page.clock.setFixedTime("2026-07-15T12:00:00Z");
  await page.goto(dashboardUrl);

  const row = (name: string) => page.getByRole("row", { name });
  const cell = (number: string, name: string) => row(number).getByRole("cell", { name });
  await expect(cell("+1 415 555 2671", "—")).toBeVisible();
  const created = cell("+1 415 555 2671", "17 months ago").getByText("17 months ago");
  await expect(created).toHaveAttribute("title", /^15 Jan 2025, \d\d:00$/);
  await expect(cell("+421 550 123 400", "Košice, SK")).toBeVisible();
  await expect(cell("+421 550 123 400", "Toll free")).toBeVisible();
  await expect(cell("+81 302 741 800", "東京, JP")).toBeVisible();
  await expect(cell("+81 302 741 800", "Sms only")).toBeVisible();
  await expect(cell("*100", "<b>Brno</b>")).toBeVisible();
  await expect(cell("*100", "yesterday")).toBeVisible();
  await expect(cell("+972 255 501 00", "תל אביב, IL")).toBeVisible();
});

test("copies a number as E.164 and its id with one click", async ({ page, context, dashboardUrl }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.goto(dashboardUrl);
  const [first] = NUMBERS;
  await page.getByRole("button", { name: "+49 899 999 8474" }).click();
  await expect(announcement(page)).toHaveText("Copied +498999998474");
  expect(await clipboard()).toBe(first?.number);

  const id = page.getByRole("button", { name: "copy for companyPhoneNumberId" }).first();
  await expect(id).toHaveAttribute("title", `Copy ${first?.id}: use it as companyPhoneNumberId`);
  await id.press("Enter");
  await expect(announcement(page)).toHaveText(`Copied ${first?.id}`);
  expect(await clipboard()).toBe(first?.id);
});

test("says so where the browser does not let it copy", async ({ page, dashboardUrl }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "clipboard", { value: undefined });
  });
  await page.goto(dashboardUrl);
  await page.getByRole("button", { name: "+49 899 999 8474" }).click();
  await expect(announcement(page)).toHaveText("The browser did not allow copying.");
});
