import { COMPANIES } from "../../www/sandbox/index.ts";
import {
  announcement,
  expect,
  expectLoaded,
  NUMBERS,
  numbers,
  openLoaded,
  rows,
  shownNumbers,
  test,
  total,
  watchClipboard,
} from "./fixtures.ts";

test("numbers that load are busy, and given up for others", async ({ page, sandbox, dashboardUrl }) => {
  const table = page.getByRole("table", { name: "Phone numbers" });
  sandbox.answerNext({ fault: { type: "stall-before-headers" } });
  await page.goto(dashboardUrl);
  await expect(table).toHaveAttribute("aria-busy", "true");
  await expect(announcement(page)).toHaveText("Loading…");
  await expect(page.getByRole("rowheader")).toHaveCount(0);

  const stalled = await sandbox.requestReceived(1);
  await page.getByRole("radio", { name: "ATS partner key" }).check();
  await stalled.closed;
  expect(stalled.aborted).toBe(true);
  await page.getByRole("combobox", { name: "Company", exact: true }).selectOption("Tatra Talent");
  await expectLoaded(page);
  await expect(table).toHaveAttribute("aria-busy", "false");
});

test("after three seconds of silence, it still waits, and can be told not to", async ({
  page,
  sandbox,
  dashboardUrl,
}) => {
  await page.clock.install();
  sandbox.answerNext({ fault: { type: "stall-before-headers" } });
  await page.goto(dashboardUrl);
  await sandbox.requestReceived(1);
  const news = page.getByText("Still waiting for InstaView…");
  await page.clock.runFor(1_000);
  await expect(news).toBeHidden();
  await page.clock.runFor(4_000);
  await expect(news).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { name: "Stopped" })).toBeVisible();
  await expect(news).toBeHidden();
  await page.getByRole("button", { name: "Load the numbers" }).click();
  await expectLoaded(page);
});

test("shows the numbers without a configuration that is slow to come", async ({ page, dashboardUrl }) => {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/config.json", async (route) => {
    await released;
    await route.continue();
  });
  await openLoaded(page, dashboardUrl);
  await expect(page.getByRole("radio", { name: "ATS partner key" })).toBeHidden();
  release();
  await expect(page.getByRole("radio", { name: "ATS partner key" })).toBeVisible();
});

test("shows the numbers where what is known of telephone numbers cannot be loaded", async ({
  page,
  dashboardUrl,
  consoleErrors,
}) => {
  await page.route(/telephony/, (route) => route.abort());
  await openLoaded(page, dashboardUrl);
  await expect.poll(() => shownNumbers(page)).toEqual(numbers(0, 20));
  await expect(page.getByRole("button", { name: "+498999998474", exact: true })).toBeVisible();
  consoleErrors.length = 0;
});

test("renders once for what changes at once", async ({ page, sandbox, dashboardUrl }) => {
  sandbox.behaviour = { phoneNumbers: () => COMPANIES.continental.phoneNumbers.slice(0, 2_000) };
  await page.addInitScript(() => {
    const counted = globalThis as unknown as { frames: number; updates: number };
    Object.assign(counted, { frames: 0, updates: 0 });
    const { requestAnimationFrame } = globalThis;
    globalThis.requestAnimationFrame = (callback) => {
      counted.updates++;
      return requestAnimationFrame(callback);
    };
    const count = () => {
      counted.frames++;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  await page.goto(`${dashboardUrl}?scope=all`);
  await expect(announcement(page)).toHaveText("1–20 of 2,000. Page 1 of 100.", { timeout: 20_000 });
  const { frames, updates } = await page.evaluate(() => {
    const { frames, updates } = globalThis as unknown as { frames: number; updates: number };
    return { frames, updates };
  });
  expect(updates).toBeGreaterThan(1);
  expect(updates).toBeLessThanOrEqual(frames + 1);
});

test("a company without numbers", async ({ page, sandbox, dashboardUrl }) => {
  sandbox.answerNext({ body: { data: [], total: 0, page: 1, limit: 20, totalPages: 0 } });
  await page.goto(dashboardUrl);
  await expect(page.getByRole("heading", { name: "No phone numbers yet" })).toBeVisible();
  await expect(announcement(page)).toHaveText("There are no numbers.");
  await expect(page.getByRole("table")).toBeHidden();
  await expect(page.getByRole("navigation", { name: "Pages" })).toBeHidden();
  await expect(total(page)).toHaveText("0 numbers");
});

test("a page after the last", async ({ page, dashboardUrl }) => {
  await page.goto(`${dashboardUrl}?page=99`);
  await expect(page.getByRole("heading", { name: "Page 99 is empty" })).toBeVisible();
  await expect(page.getByText("0 of 237", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Go to the first page" }).click();
  await expectLoaded(page);
  await expect(page.getByRole("region", { name: "Phone numbers", exact: true })).toBeFocused();
});

test("a search that nothing matches", async ({ page, dashboardUrl }) => {
  await page.goto(`${dashboardUrl}?q=atlantis`);
  await expect(page.getByRole("heading", { name: "No match" })).toBeVisible();
  await expect(page.getByText("No matches", { exact: true })).toBeVisible();
  await page
    .getByRole("region", { name: "Phone numbers", exact: true })
    .getByRole("button", { name: "Clear filters" })
    .press("Enter");
  await expect(rows(page)).toHaveCount(20);
  await expect(page.getByRole("region", { name: "Phone numbers", exact: true })).toBeFocused();
});

test("shows every value as text, whatever it is", async ({ page, sandbox, dashboardUrl }) => {
  const { location: _, ...withoutLocation } = NUMBERS[0] as (typeof NUMBERS)[number];
  const data = [
    { ...withoutLocation, id: "1", number: "+14155552671", createdAt: "2025-01-15T12:00:00.000Z" },
    { ...withoutLocation, id: "2", number: "+421550123400", location: "Košice, SK", numberType: "TOLL_FREE" },
    { ...withoutLocation, id: "3", number: "+81302741800", location: "東京, JP", capabilities: "SMS_ONLY" },
    { ...withoutLocation, id: "4", number: "*100", location: "<b>Brno</b>", createdAt: "yesterday" },
    { ...withoutLocation, id: "5", number: "+97225550100", location: "תל אביב, IL", status: "IN_USE" },
  ];
  sandbox.answerNext({ body: { data, total: 5, page: 1, limit: 20, totalPages: 1 } });
  await page.clock.setFixedTime("2026-07-15T12:00:00Z");
  await page.goto(dashboardUrl);

  const row = (name: string) => page.getByRole("row", { name });
  const cell = (number: string, name: string) => row(number).getByRole("cell", { name });
  await expect(cell("+1 415 555 2671", "Not given")).toBeVisible();
  const created = cell("+1 415 555 2671", "17 months ago").getByText("17 months ago");
  await expect(created).toHaveAttribute("title", /^15 Jan 2025, \d\d:00$/);
  await expect(cell("+421 55 012 34 00", "Košice, SK")).toBeVisible();
  await expect(cell("+421 55 012 34 00", "Toll free")).toBeVisible();
  await expect(cell("+81 3 0274 1800", "東京, JP")).toBeVisible();
  await expect(cell("+81 3 0274 1800", "Sms only")).toBeVisible();
  await expect(cell("*100", "<b>Brno</b>")).toBeVisible();
  await expect(cell("*100", "yesterday")).toBeVisible();
  await expect(cell("+972 2 555 0100", "תל אביב, IL")).toBeVisible();
});

test("copies a number as E.164 and its id with one click", async ({ page, browserName, dashboardUrl }) => {
  const copied = await watchClipboard(page, browserName);
  await openLoaded(page, dashboardUrl);
  const [first] = NUMBERS;
  await page.getByRole("button", { name: `Copy ${first?.number}` }).click();
  await expect(announcement(page)).toHaveText("Copied +498999998474");
  expect(await copied()).toBe(first?.number);

  const id = page.getByRole("button", { name: `Copy ID ${first?.id}, to use as companyPhoneNumberId` });
  await id.press("Enter");
  await expect(announcement(page)).toHaveText(`Copied ${first?.id}`);
  expect(await copied()).toBe(first?.id);
});

test("shows that the browser does not let it copy", async ({ page, dashboardUrl }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "clipboard", { value: undefined });
  });
  await openLoaded(page, dashboardUrl);
  await page.getByRole("button", { name: "Copy +498999998474" }).click();
  await expect(page.getByText("Not copied", { exact: true }).first()).toBeVisible();
  await expect(announcement(page)).toHaveText("Not copied: the browser does not allow it.");
});
