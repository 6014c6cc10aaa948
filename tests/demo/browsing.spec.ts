import {
  announcement,
  expect,
  expectLoaded,
  NUMBERS,
  numbers,
  openLoaded,
  shownNumbers,
  test,
  total,
} from "./fixtures.ts";

test("loads everything with three requests, and pages through it without another", async ({
  page,
  sandbox,
  dashboardUrl,
}) => {
  await openLoaded(page, dashboardUrl);
  const previous = page.getByRole("button", { name: "Previous" });
  const next = page.getByRole("button", { name: "Next" });
  await expect(total(page)).toHaveText("237 numbers");
  await expect(page.getByText("1–20 of 237", { exact: true })).toBeVisible();
  await expect.poll(() => shownNumbers(page)).toEqual(numbers(0, 20));
  await expect(previous).toBeDisabled();

  await next.click();
  await expect(announcement(page)).toHaveText("21–40 of 237. Page 2 of 12.");
  await expect(page.getByText("Page 2 of 12", { exact: true })).toBeVisible();
  await expect.poll(() => shownNumbers(page)).toEqual(numbers(20, 40));
  await previous.click();
  await expectLoaded(page);
  await page.getByRole("button", { name: "Last" }).click();
  await expect(announcement(page)).toHaveText("221–237 of 237. Page 12 of 12.");
  await expect.poll(() => shownNumbers(page)).toEqual(numbers(220, 237));
  await page.getByRole("button", { name: "First" }).click();
  await expectLoaded(page);
  expect(sandbox.requests.map(({ query }) => [query.get("page"), query.get("limit")])).toEqual([
    ["1", "100"],
    ["2", "100"],
    ["3", "100"],
  ]);

  await page.goto(`${dashboardUrl}?page=11`);
  await expect(announcement(page)).toHaveText("201–220 of 237. Page 11 of 12.");
  await next.focus();
  await page.keyboard.press("Enter");
  await expect(announcement(page)).toHaveText("221–237 of 237. Page 12 of 12.");
  await expect(next).toBeDisabled();
  await expect(next).toBeFocused();
});

test("another page size keeps the place", async ({ page, dashboardUrl }) => {
  await page.goto(`${dashboardUrl}?page=6`);
  await expect(announcement(page)).toHaveText("101–120 of 237. Page 6 of 12.");
  await page.getByRole("combobox", { name: "Numbers per page" }).selectOption("50");
  await expect(announcement(page)).toHaveText("101–150 of 237. Page 3 of 5.");
  await expect.poll(() => shownNumbers(page)).toEqual(numbers(100, 150));
});

test("there is nothing to turn where everything is on one page", async ({ page, sandbox, dashboardUrl }) => {
  const pages = page.getByRole("navigation", { name: "Pages" });
  sandbox.behaviour = { phoneNumbers: (all) => all.slice(0, 15) };
  await page.goto(dashboardUrl);
  await expect(announcement(page)).toHaveText("1–15 of 15.");
  // Shorter pages are a choice still.
  await expect(pages.getByRole("button")).toHaveCount(0);
  await expect(pages.getByRole("combobox")).toBeVisible();

  sandbox.behaviour = { phoneNumbers: (all) => all.slice(0, 1) };
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(total(page)).toHaveText("1 number");
  await expect(pages).toBeHidden();
});

test("the URL keeps what is shown: reload, back and forward work", async ({ page, dashboardUrl }) => {
  await openLoaded(page, dashboardUrl);
  await page.getByRole("combobox", { name: "Numbers per page" }).selectOption("10");
  await expect(announcement(page)).toHaveText("1–10 of 237. Page 1 of 24.");
  await page.getByRole("combobox", { name: "Calls", exact: true }).selectOption("=OUTBOUND");
  await page.getByRole("columnheader", { name: "Created" }).getByRole("button").click();
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page).toHaveURL(`${dashboardUrl}?page=2&limit=10&capability=OUTBOUND&sort=created`);
  await expect(announcement(page)).toHaveText(/^11–20 of \d+ matches\. Page 2 of \d+\.$/);
  const shown = await shownNumbers(page);

  await page.reload();
  await expect.poll(() => shownNumbers(page)).toEqual(shown);
  await expect(page.getByRole("combobox", { name: "Numbers per page" })).toHaveValue("10");
  await expect(page.getByRole("combobox", { name: "Calls", exact: true })).toHaveValue("=OUTBOUND");

  await page.goBack();
  await page.goBack();
  await page.goBack();
  await expect(page.getByRole("combobox", { name: "Calls", exact: true })).toHaveValue("");
  await expect(announcement(page)).toHaveText("1–10 of 237. Page 1 of 24.");
  await page.goBack();
  await expectLoaded(page);
  await expect(page).toHaveURL(dashboardUrl);
  await page.goForward();
  await expect(announcement(page)).toHaveText("1–10 of 237. Page 1 of 24.");

  await openLoaded(page, `${dashboardUrl}?page=-1&limit=7&sort=magic&scope=most`);
});

test("a link that is shared shows the same numbers", async ({ page, dashboardUrl }) => {
  await page.goto(`${dashboardUrl}?limit=10&status=AVAILABLE&q=kosice&sort=-number`);
  await expect(announcement(page)).toHaveText(/^\d+ matches\.$/);
  const expected = NUMBERS.filter(
    ({ location, status }) => location === "Košice, SK" && status === "AVAILABLE",
  );
  const sorted = expected
    .map(({ number }) => number)
    .sort()
    .reverse();
  await expect.poll(() => shownNumbers(page)).toEqual(sorted);
  await expect(page.getByRole("searchbox", { name: "Search" })).toHaveValue("kosice");
});

test("is read again, and what is new is shown", async ({ page, sandbox, dashboardUrl }) => {
  sandbox.behaviour = { phoneNumbers: (all) => all.slice(1) };
  await page.goto(dashboardUrl);
  await expect(total(page)).toHaveText("236 numbers");
  sandbox.behaviour = {};
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(total(page)).toHaveText("237 numbers");
  await expect.poll(() => shownNumbers(page)).toEqual(numbers(0, 20));
});
