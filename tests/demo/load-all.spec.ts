import { announcement, expect, NUMBERS, numbers, rows, shownNumbers, test } from "./fixtures.ts";

test("loads all the numbers, several pages at once, and pages through them here", async ({
  page,
  sandbox,
  dashboardUrl,
}) => {
  await page.goto(`${dashboardUrl}?page=3`);
  await expect(announcement(page)).toHaveText(/^Page 3 of 12 loaded/);
  await page.getByRole("button", { name: "Load all 237" }).click();
  await expect(announcement(page)).toHaveText("All 237 numbers loaded.");
  await expect(page.getByText("All 237 numbers", { exact: true })).toBeVisible();
  expect(sandbox.requests.slice(1).map(({ query }) => [query.get("page"), query.get("limit")])).toEqual([
    ["1", "100"],
    ["2", "100"],
    ["3", "100"],
  ]);
  expect(await shownNumbers(page)).toEqual(numbers(0, 20));

  await page.getByRole("button", { name: "Last" }).click();
  await expect(page.getByText("Page 12 of 12", { exact: true })).toBeVisible();
  expect(await shownNumbers(page)).toEqual(numbers(220, 237));
  expect(sandbox.requests).toHaveLength(4);

  await page.getByRole("button", { name: "Page by page" }).click();
  await expect(announcement(page)).toHaveText(/^Page 12 of 12 loaded/);
});

test("shows the numbers as they come, with the progress, and can be cancelled", async ({
  page,
  sandbox,
  dashboardUrl,
}) => {
  await page.goto(dashboardUrl);
  await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);
  sandbox.answerNext(
    { body: { data: NUMBERS.slice(0, 100), total: 237, page: 1, limit: 100, totalPages: 3 } },
    { fault: { type: "stall-before-headers" } },
    { fault: { type: "stall-before-headers" } },
  );
  await page.getByRole("button", { name: "Load all 237" }).click();
  const progress = page.getByRole("progressbar", { name: "Loading all numbers: 100 of 237" });
  await expect(progress).toHaveAttribute("value", "100");
  await expect(progress).toHaveAttribute("max", "237");
  await expect(announcement(page)).toHaveText("100 of 237 numbers loaded.");
  await expect(rows(page)).toHaveCount(20);
  await expect(page.getByRole("table", { name: "Phone numbers" })).toHaveAttribute("aria-busy", "true");

  const stalled = await Promise.all([sandbox.requestReceived(3), sandbox.requestReceived(4)]);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(announcement(page)).toHaveText("Stopped. 100 numbers loaded.");
  for (const request of stalled) {
    await request.closed;
    expect(request.aborted).toBe(true);
  }
  await expect(page.getByText("100 of 237 loaded", { exact: true })).toBeVisible();
  await expect(page.getByText("Page 1 of 5", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Load all again" }).click();
  await expect(announcement(page)).toHaveText("All 237 numbers loaded.");
});

test("keeps what has come when a page fails", async ({ page, sandbox, dashboardUrl }) => {
  sandbox.answerNext(
    { body: { data: NUMBERS.slice(0, 100), total: 237, page: 1, limit: 100, totalPages: 3 } },
    { status: 403, body: { success: false, error: { code: "API_KEY_SUSPENDED", message: "Suspended" } } },
    { status: 403, body: { success: false, error: { code: "API_KEY_SUSPENDED", message: "Suspended" } } },
  );
  await page.goto(`${dashboardUrl}?scope=all`);
  await expect(page.getByRole("alert")).toContainText("The API key may not list these phone numbers");
  await expect(rows(page)).toHaveCount(20);
  await expect(page.getByText("100 of 237 loaded", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Load all again" }).click();
  await expect(announcement(page)).toHaveText("All 237 numbers loaded.");
});

test("tells of a listing that changes while it is read", async ({ page, sandbox, dashboardUrl }) => {
  sandbox.behaviour = { phoneNumbers: (all, number) => (number === 1 ? all : [...all.slice(0, 1), ...all]) };
  await page.goto(`${dashboardUrl}?scope=all`);
  await expect(page.getByText("there were 237, now there are 238")).toBeVisible();
  await expect(page.getByText("All 237 numbers", { exact: true })).toBeVisible();

  await page.goto(`${dashboardUrl}?scope=all&consistency=strict`);
  const alert = page.getByRole("alert");
  await expect(alert.getByRole("heading")).toHaveText("The phone numbers changed while they were loaded");
  sandbox.behaviour = {};
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(announcement(page)).toHaveText("All 237 numbers loaded.");
});
