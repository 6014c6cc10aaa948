import type { Page } from "@playwright/test";
import { COMPANIES } from "../../www/sandbox/index.ts";
import { expect, test } from "./fixtures.ts";

const NUMBERS = COMPANIES.large.phoneNumbers;

/** The rows of numbers, without the one that names the columns. */
function rows(page: Page) {
  return page.getByRole("row").filter({ has: page.getByRole("rowheader") });
}

/** As the API sends them. */
async function shownNumbers(page: Page): Promise<string[]> {
  const texts = await page.getByRole("rowheader").allTextContents();
  return texts.map((text) => text.replaceAll(" ", ""));
}

function numbers(start: number, end: number): string[] {
  return NUMBERS.slice(start, end).map(({ number }) => number);
}

test("pages through all the numbers", async ({ page, dashboardUrl }) => {
  await page.goto(dashboardUrl);
  const previous = page.getByRole("button", { name: "Previous" });
  const next = page.getByRole("button", { name: "Next" });

  await expect(page.getByRole("status")).toHaveText(/^Page 1 of 12 loaded/);
  await expect(page.getByText("237 numbers", { exact: true })).toBeVisible();
  expect(await shownNumbers(page)).toEqual(numbers(0, 20));
  await expect(previous).toBeDisabled();

  await next.click();
  await expect(page.getByRole("status")).toHaveText(/^Page 2 of 12 loaded/);
  await expect(page.getByText("Page 2 of 12", { exact: true })).toBeVisible();
  await expect(page.getByText("Numbers 21 to 40", { exact: true })).toBeVisible();
  expect(await shownNumbers(page)).toEqual(numbers(20, 40));

  await previous.click();
  await expect(page.getByRole("status")).toHaveText(/^Page 1 of 12 loaded/);

  await page.goto(`${dashboardUrl}?page=11`);
  await expect(page.getByRole("status")).toHaveText(/^Page 11 of 12 loaded/);
  await next.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toHaveText(/^Page 12 of 12 loaded/);
  expect(await shownNumbers(page)).toEqual(numbers(220, 237));
  await expect(next).toBeDisabled();
  await expect(next).toBeFocused();
});

test("another page size keeps the place", async ({ page, dashboardUrl }) => {
  await page.goto(`${dashboardUrl}?page=6`);
  await expect(page.getByRole("status")).toHaveText(/^Page 6 of 12 loaded/);
  await page.getByLabel("Numbers per page").selectOption("50");
  await expect(page.getByRole("status")).toHaveText(/^Page 3 of 5 loaded/);
  expect(await shownNumbers(page)).toEqual(numbers(100, 150));
});

test("filters the numbers of the page, and says so", async ({ page, dashboardUrl }) => {
  await page.goto(dashboardUrl);
  await expect(rows(page)).toHaveCount(20);
  for (const [label, ...capabilities] of [
    ["Can call out", "OUTBOUND", "INBOUND_OUTBOUND"],
    ["Can be called", "INBOUND", "INBOUND_OUTBOUND"],
    ["Both ways", "INBOUND_OUTBOUND"],
  ] as const) {
    await page.getByLabel("Capability").selectOption({ label });
    const matches = NUMBERS.slice(0, 20).filter(({ capabilities: has }) =>
      capabilities.some((wanted) => wanted === has),
    );
    await expect(rows(page)).toHaveCount(matches.length);
    expect(await shownNumbers(page)).toEqual(matches.map(({ number }) => number));
    const summary = `${matches.length} of the 20 numbers on this page`;
    await expect(page.getByText(summary, { exact: true })).toBeVisible();
    await expect(page.getByRole("status")).toContainText(summary);
  }
});

test("the URL keeps page, page size and filter", async ({ page, dashboardUrl }) => {
  await page.goto(dashboardUrl);
  await expect(page.getByRole("status")).toHaveText(/^Page 1 of 12 loaded/);
  await page.getByLabel("Numbers per page").selectOption("10");
  await expect(page.getByRole("status")).toHaveText(/^Page 1 of 24 loaded/);
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByRole("status")).toHaveText(/^Page 2 of 24 loaded/);
  await page.getByLabel("Capability").selectOption("Can call out");

  await page.reload();
  await expect(page.getByRole("status")).toHaveText(/^Page 2 of 24 loaded.* of the 10 numbers on this page/);
  await expect(page.getByLabel("Numbers per page")).toHaveValue("10");
  await expect(page.getByLabel("Capability")).toHaveValue("OUTBOUND");

  await page.goBack();
  await expect(page.getByLabel("Capability")).toHaveValue("ALL");
  await page.goBack();
  await expect(page.getByRole("status")).toHaveText(/^Page 1 of 24 loaded/);
  await page.goBack();
  await expect(page.getByRole("status")).toHaveText(/^Page 1 of 12 loaded/);
  await expect(page.getByLabel("Numbers per page")).toHaveValue("20");
  await page.goForward();
  await expect(page.getByRole("status")).toHaveText(/^Page 1 of 24 loaded/);

  await page.goto(`${dashboardUrl}?page=-1&limit=7&capability=FLY`);
  await expect(page.getByRole("status")).toHaveText(/^Page 1 of 12 loaded/);
});

test("shows every value as text", async ({ page, sandbox, dashboardUrl }) => {
  const { location: _, ...withoutLocation } = NUMBERS[0] as (typeof NUMBERS)[number];
  const data = [
    { ...withoutLocation, number: "+14155552671", createdAt: "2025-01-15T12:00:00.000Z" },
    { ...withoutLocation, number: "+421550123400", location: "Košice, SK", numberType: "TOLL_FREE" },
    { ...withoutLocation, number: "+81302741800", location: "東京, JP", capabilities: "SMS_ONLY" },
    { ...withoutLocation, number: "*100", location: "<b>Brno</b>", createdAt: "yesterday" },
  ];
  sandbox.answerNext({ body: { data, total: 4, page: 1, limit: 20, totalPages: 1 } });
  await page.goto(dashboardUrl);

  const row = (name: string) => page.getByRole("row", { name });
  await expect(row("+1 415 555 2671").getByRole("cell", { name: "—" })).toBeVisible();
  await expect(row("+1 415 555 2671").getByRole("cell", { name: "15 Jan 2025" })).toBeVisible();
  await expect(row("+421 550 123 400").getByRole("cell", { name: "Košice, SK" })).toBeVisible();
  await expect(row("+421 550 123 400").getByRole("cell", { name: "Toll free" })).toBeVisible();
  await expect(row("+81 302 741 800").getByRole("cell", { name: "東京, JP" })).toBeVisible();
  await expect(row("+81 302 741 800").getByRole("cell", { name: "Sms only" })).toBeVisible();
  await expect(row("*100").getByRole("cell", { name: "<b>Brno</b>" })).toBeVisible();
  await expect(row("*100").getByRole("cell", { name: "yesterday" })).toBeVisible();
});
