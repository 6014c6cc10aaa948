import { announcement, expect, numbers, shownNumbers, test } from "./fixtures.ts";

test("pages through all the numbers", async ({ page, dashboardUrl }) => {
  await page.goto(dashboardUrl);
  const previous = page.getByRole("button", { name: "Previous" });
  const next = page.getByRole("button", { name: "Next" });

  await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);
  await expect(page.getByText("237 numbers", { exact: true })).toBeVisible();
  expect(await shownNumbers(page)).toEqual(numbers(0, 20));
  await expect(previous).toBeDisabled();

  await next.click();
  await expect(announcement(page)).toHaveText(/^Page 2 of 12 loaded/);
  await expect(page.getByText("Page 2 of 12", { exact: true })).toBeVisible();
  await expect(page.getByText("Numbers 21 to 40", { exact: true })).toBeVisible();
  expect(await shownNumbers(page)).toEqual(numbers(20, 40));

  await previous.click();
  await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);
  await page.getByRole("button", { name: "Last" }).click();
  await expect(announcement(page)).toHaveText(/^Page 12 of 12 loaded/);
  expect(await shownNumbers(page)).toEqual(numbers(220, 237));
  await page.getByRole("button", { name: "First" }).click();
  await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);

  await page.goto(`${dashboardUrl}?page=11`);
  await expect(announcement(page)).toHaveText(/^Page 11 of 12 loaded/);
  await next.focus();
  await page.keyboard.press("Enter");
  await expect(announcement(page)).toHaveText(/^Page 12 of 12 loaded/);
  await expect(next).toBeDisabled();
  await expect(next).toBeFocused();
});

test("another page size keeps the place", async ({ page, dashboardUrl }) => {
  await page.goto(`${dashboardUrl}?page=6`);
  await expect(announcement(page)).toHaveText(/^Page 6 of 12 loaded/);
  await page.getByRole("combobox", { name: "Numbers per page", exact: true }).selectOption("50");
  await expect(announcement(page)).toHaveText(/^Page 3 of 5 loaded/);
  expect(await shownNumbers(page)).toEqual(numbers(100, 150));
});

test("the URL keeps what is shown: reload, back and forward work", async ({ page, dashboardUrl }) => {
  await page.goto(dashboardUrl);
  await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);
  await page.getByRole("combobox", { name: "Numbers per page", exact: true }).selectOption("10");
  await expect(announcement(page)).toHaveText(/^Page 1 of 24 loaded/);
  await page.getByRole("button", { name: "Next" }).click();
  await expect(announcement(page)).toHaveText(/^Page 2 of 24 loaded/);
  await page.getByRole("combobox", { name: "Capability", exact: true }).selectOption("Outgoing");
  await page.getByRole("columnheader", { name: "Created" }).getByRole("button").click();
  await expect(page).toHaveURL(`${dashboardUrl}?page=2&limit=10&capability=OUTBOUND&sort=created`);
  const shown = await shownNumbers(page);

  await page.reload();
  await expect(announcement(page)).toHaveText(/^Page 2 of 24 loaded/);
  expect(await shownNumbers(page)).toEqual(shown);
  await expect(page.getByRole("combobox", { name: "Numbers per page", exact: true })).toHaveValue("10");
  await expect(page.getByRole("combobox", { name: "Capability", exact: true })).toHaveValue("OUTBOUND");

  await page.goBack();
  await page.goBack();
  await expect(page.getByRole("combobox", { name: "Capability", exact: true })).toHaveValue("");
  await page.goBack();
  await expect(announcement(page)).toHaveText(/^Page 1 of 24 loaded/);
  await page.goBack();
  await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);
  await expect(page.getByRole("combobox", { name: "Numbers per page", exact: true })).toHaveValue("20");
  await expect(page).toHaveURL(dashboardUrl);
  await page.goForward();
  await expect(announcement(page)).toHaveText(/^Page 1 of 24 loaded/);

  await page.goto(`${dashboardUrl}?page=-1&limit=7&sort=magic&scope=most`);
  await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);
});

test("a link that is shared shows the same numbers", async ({ page, dashboardUrl }) => {
  await page.goto(`${dashboardUrl}?scope=all&limit=10&status=AVAILABLE&q=kosice&sort=-number&page=1`);
  await expect(announcement(page)).toHaveText(/^All 237 numbers loaded\. \d+ numbers matching\.$/);
  const shown = await shownNumbers(page);
  expect(shown.length).toBeGreaterThan(1);
  for (const number of shown) expect(number).toMatch(/^\+4215501234/);
  expect(shown).toEqual([...shown].sort().reverse());
  await expect(page.getByRole("searchbox", { name: "Search" })).toHaveValue("kosice");
});
