import { COMPANIES } from "../../www/sandbox/index.ts";
import {
  announcement,
  expect,
  expectLoaded,
  openLoaded,
  rows,
  shownNumbers,
  test,
  total,
} from "./fixtures.ts";

/** More than are loaded unasked. */
const MANY = COMPANIES.continental.phoneNumbers.slice(0, 2_370);
const numbers = (start: number, end: number) => MANY.slice(start, end).map(({ number }) => number);

// After the page's address, whose sandbox has forgotten everything.
test.beforeEach(({ sandbox, dashboardUrl: _ }) => {
  sandbox.behaviour = { phoneNumbers: () => MANY };
});

test("of many numbers, those of the page are loaded, and kept", async ({ page, sandbox, dashboardUrl }) => {
  await page.goto(dashboardUrl);
  await expect(announcement(page)).toHaveText("1–20 of 2,370. Page 1 of 119.");
  await expect(total(page)).toHaveText("2,370 numbers");
  await expect.poll(() => shownNumbers(page)).toEqual(numbers(0, 20));

  const next = page.getByRole("button", { name: "Next" });
  for (const turned of [2, 3, 4, 5]) {
    await next.click();
    await expect(announcement(page)).toContainText(`Page ${turned} of 119`);
  }
  await expect.poll(() => shownNumbers(page)).toEqual(numbers(80, 100));
  // A request brings a hundred.
  expect(sandbox.requests).toHaveLength(1);
  await next.click();
  await expect(announcement(page)).toContainText("Page 6 of 119");
  await expect.poll(() => shownNumbers(page)).toEqual(numbers(100, 120));
  await page.getByRole("button", { name: "Previous" }).click();
  await expect(announcement(page)).toContainText("Page 5 of 119");
  expect(sandbox.requests.map(({ query }) => query.get("page"))).toEqual(["1", "2"]);

  await page.getByRole("button", { name: "Last" }).click();
  await expect(announcement(page)).toHaveText("2,361–2,370 of 2,370. Page 119 of 119.");
  await expect.poll(() => shownNumbers(page)).toEqual(numbers(2_360, 2_370));
});

test("a page that is linked to is shown, whatever its size", async ({ page, dashboardUrl }) => {
  await page.goto(`${dashboardUrl}?page=41&limit=50`);
  await expect(announcement(page)).toHaveText("2,001–2,050 of 2,370. Page 41 of 48.");
  await expect.poll(() => shownNumbers(page)).toEqual(numbers(2_000, 2_050));
  await page.getByRole("combobox", { name: "Numbers per page" }).selectOption("10");
  await expect(announcement(page)).toHaveText("2,001–2,010 of 2,370. Page 201 of 237.");
});

test("says that a search is one of the page, and offers one of everything", async ({
  page,
  sandbox,
  dashboardUrl,
}) => {
  const search = MANY[2_000]?.number.slice(1) ?? "";
  await page.goto(`${dashboardUrl}?q=${search}`);
  await expect(page.getByText("0 matches", { exact: true })).toBeVisible();
  await expect(page.getByText("Showing matches on this page only.", { exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { name: "No match on this page" })).toBeVisible();
  await page.getByRole("button", { name: "Search all 2,370" }).click();
  await expect(announcement(page)).toHaveText("1 match.");
  await expect.poll(() => shownNumbers(page)).toEqual(numbers(2_000, 2_001));
  expect(sandbox.requests).toHaveLength(1 + 24);
  // What was asked for stays: a reload asks for it again.
  await expect(page).toHaveURL(`${dashboardUrl}?scope=all&q=${search}`);
});

test("says that a page alone is sorted, and offers to sort everything", async ({ page, dashboardUrl }) => {
  await page.goto(`${dashboardUrl}?sort=number`);
  await expect(page.getByText("Sorted on this page only.", { exact: true })).toBeVisible();
  await expect.poll(() => shownNumbers(page)).toEqual(numbers(0, 20).sort());
  await page.getByRole("button", { name: "Sort all 2,370" }).click();
  await expect(announcement(page)).toHaveText("1–20 of 2,370. Page 1 of 119.");
  await expect.poll(() => shownNumbers(page)).toEqual(numbers(0, 2_370).sort().slice(0, 20));
});

test("shows the numbers as they come; what loads them cancels them, without a jump", async ({
  page,
  sandbox,
  dashboardUrl,
}) => {
  await page.goto(dashboardUrl);
  await expect(announcement(page)).toHaveText("1–20 of 2,370. Page 1 of 119.");
  sandbox.answerNext(
    { body: { data: MANY.slice(0, 100), total: 2_370, page: 1, limit: 100, totalPages: 24 } },
    { fault: { type: "stall-before-headers" } },
    { fault: { type: "stall-before-headers" } },
    { fault: { type: "stall-before-headers" } },
  );
  const button = page.getByRole("button", { name: "Load all 2,370" });
  const before = await button.boundingBox();
  await button.click();
  const progress = page.getByRole("progressbar", { name: "Loading 100 of 2,370" });
  await expect(progress).toHaveAttribute("value", "100");
  await expect(progress).toHaveAttribute("max", "2370");
  await expect(announcement(page)).toHaveText("100 of 2,370 numbers loaded.");
  await expect(rows(page)).toHaveCount(20);
  await expect(page.getByText("1–20 of 2,370", { exact: true })).toBeVisible();

  const cancel = page.getByRole("button", { name: "Cancel" });
  await expect(cancel).toBeFocused();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  const after = await cancel.boundingBox();
  // Its right edge stays, whatever it says.
  expect(
    Math.abs((after?.x ?? 0) + (after?.width ?? 0) - (before?.x ?? 0) - (before?.width ?? 0)),
  ).toBeLessThan(1);
  expect(after?.y).toBe(before?.y);

  const stalled = await Promise.all([3, 4, 5].map((count) => sandbox.requestReceived(count)));
  await cancel.click();
  await expect(announcement(page)).toHaveText("Stopped. 100 numbers loaded.");
  for (const request of stalled) {
    await request.closed;
    expect(request.aborted).toBe(true);
  }
  await expect(page.getByText("100 of 2,370 loaded.", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Load all 2,370" }).click();
  await expect(announcement(page)).toHaveText("1–20 of 2,370. Page 1 of 119.");
  await expect(page.getByRole("button", { name: /^Load all/ })).toBeHidden();
});

test("keeps what has come when a page fails", async ({ page, sandbox, dashboardUrl }) => {
  sandbox.behaviour = {};
  const suspended = {
    status: 403,
    body: { success: false, error: { code: "API_KEY_SUSPENDED", message: "Suspended" } },
  };
  sandbox.answerNext(
    { body: { data: MANY.slice(0, 100), total: 237, page: 1, limit: 100, totalPages: 3 } },
    suspended,
    suspended,
  );
  await page.goto(dashboardUrl);
  await expect(page.getByRole("alert")).toContainText("The API key may not list these phone numbers");
  await expect(rows(page)).toHaveCount(20);
  await expect(page.getByText("100 of 237 loaded.", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Load all 237" }).click();
  await expectLoaded(page);
});

test("the total is right while the numbers change, and after", async ({ page, sandbox, dashboardUrl }) => {
  sandbox.behaviour = { phoneNumbers: (all, number) => (number === 1 ? all : [...all.slice(0, 1), ...all]) };
  await page.goto(dashboardUrl);
  await expect(page.getByText("there were 237, now there are 238")).toBeVisible();
  await expect(total(page)).toHaveText("238 numbers");
  sandbox.behaviour = {};
  await page.getByRole("button", { name: "Load them again" }).click();
  await expectLoaded(page);
  await expect(total(page)).toHaveText("237 numbers");

  // The documentation's own example: three in all, of which it shows one.
  sandbox.answerNext({ body: { data: MANY.slice(0, 1), total: 3, page: 1, limit: 100, totalPages: 1 } });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByText("1–1 of 1", { exact: true })).toBeVisible();
  await expect(total(page)).toHaveText("1 number");
});

test("where a change is to stop it, it does", async ({ page, sandbox, dashboardUrl }) => {
  sandbox.behaviour = { phoneNumbers: (all, number) => (number === 1 ? all : [...all.slice(0, 1), ...all]) };
  await page.goto(`${dashboardUrl}?consistency=strict`);
  const alert = page.getByRole("alert");
  await expect(alert.getByRole("heading")).toHaveText("The phone numbers changed while they were loaded");
  sandbox.behaviour = {};
  await alert.getByRole("button", { name: "Try again" }).click();
  await openLoaded(page, `${dashboardUrl}?consistency=strict`);
});

test("a company of 20,000 numbers is searched and sorted whole", async ({ page, sandbox, dashboardUrl }) => {
  test.setTimeout(120_000);
  sandbox.behaviour = {};
  const { id, phoneNumbers } = COMPANIES.continental;
  await page.goto(`${dashboardUrl}?key=ats&company=${id}&q=876`);
  await page.getByRole("button", { name: "Search all 20,000" }).click();
  const search = page.getByRole("searchbox", { name: "Search" });
  await expect(page.getByRole("progressbar")).toBeHidden({ timeout: 60_000 });
  await expect(total(page)).toHaveText("20,000 numbers");
  await search.fill("jamaica");
  const jamaican = phoneNumbers
    .filter(({ number }) => /^\+1(658|876)/.test(number))
    .map(({ number }) => number);
  await expect.poll(() => shownNumbers(page)).toEqual(jamaican.slice(0, 20));
  await page.getByRole("columnheader", { name: "Number" }).getByRole("button").click();
  await search.fill("");
  const sorted = phoneNumbers.map(({ number }) => number).sort();
  await expect.poll(() => shownNumbers(page)).toEqual(sorted.slice(0, 20));
  await page.getByRole("button", { name: "Last" }).click();
  await expect.poll(() => shownNumbers(page)).toEqual(sorted.slice(-20));
  expect(sandbox.requests).toHaveLength(1 + 200);
});
