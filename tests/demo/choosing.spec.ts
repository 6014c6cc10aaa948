import type { Page } from "@playwright/test";
import { announcement, expect, NUMBERS, rows, shownNumbers, test } from "./fixtures.ts";

/** What the table shows, in words. */
const summary = (page: Page) => page.getByRole("region", { name: "Search and filters" });

const FIRST_PAGE = NUMBERS.slice(0, 20);

test("filters the numbers of the page, and says so", async ({ page, dashboardUrl }) => {
  await page.goto(dashboardUrl);
  await expect(rows(page)).toHaveCount(20);
  for (const [label, ...capabilities] of [
    ["Outgoing", "OUTBOUND", "INBOUND_OUTBOUND"],
    ["Incoming", "INBOUND", "INBOUND_OUTBOUND"],
    ["Both ways", "INBOUND_OUTBOUND"],
  ] as const) {
    await page.getByRole("combobox", { name: "Capability", exact: true }).selectOption({ label });
    const matches = FIRST_PAGE.filter(({ capabilities: has }) =>
      capabilities.some((wanted) => wanted === has),
    );
    await expect(rows(page)).toHaveCount(matches.length);
    expect(await shownNumbers(page)).toEqual(matches.map(({ number }) => number));
    await expect(
      page.getByText(`${matches.length} of the 20 numbers on this page`, { exact: true }),
    ).toBeVisible();
    await expect(page.getByText("API neither filters nor sorts")).toBeVisible();
    await expect(announcement(page)).toContainText(`${matches.length} numbers matching`);
  }
});

for (const [label, field, value, text] of [
  ["Status", "status", "IN_USE", "In use"],
  ["Type", "numberType", "TOLL_FREE", "Toll free"],
  ["Provider", "provider", "TELNYX", "Telnyx"],
] as const) {
  test(`filters all the numbers by ${label.toLowerCase()}`, async ({ page, dashboardUrl }) => {
    await page.goto(`${dashboardUrl}?scope=all&limit=100`);
    await expect(announcement(page)).toHaveText("All 237 numbers loaded.");
    await page.getByRole("combobox", { name: label }).selectOption({ label: text });
    const matches = NUMBERS.filter((number) => number[field] === value);
    await expect(summary(page).getByText(`${matches.length} of 237 numbers`, { exact: true })).toBeVisible();
    expect(await shownNumbers(page)).toEqual(matches.map(({ number }) => number));
    // Of all numbers, nothing is missing that a hint could offer.
    await expect(page.getByText("API neither filters nor sorts")).toBeHidden();
  });
}

test("searches numbers as people write them, places without their accents, and IDs", async ({
  page,
  dashboardUrl,
}) => {
  await page.goto(`${dashboardUrl}?scope=all&limit=100`);
  await expect(announcement(page)).toHaveText("All 237 numbers loaded.");
  const search = page.getByRole("searchbox", { name: "Search" });
  const [first] = NUMBERS;
  const id = first?.id ?? "";
  for (const [typed, isMatch] of [
    ["kosice", ({ location }) => location === "Košice, SK"],
    ["+421 550 (123)", ({ number }) => number.includes("+421550123")],
    ["slovakia", ({ number }) => number.startsWith("+421")],
    ["toronto", () => false],
    [id.slice(9), (number) => number.id === id],
  ] as [string, (number: (typeof NUMBERS)[number]) => boolean][]) {
    await search.fill(typed);
    const matches = NUMBERS.filter(isMatch).map(({ number }) => number);
    await expect(summary(page).getByText(`${matches.length} of 237 numbers`, { exact: true })).toBeVisible();
    expect(await shownNumbers(page)).toEqual(matches);
  }
  // Typing is no step to go back to.
  await expect(page).toHaveURL(new RegExp(`&q=${id.slice(9)}$`));
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(search).toHaveValue("");
  await expect(rows(page)).toHaveCount(100);
});

test("sorts up, down and back, by the headers", async ({ page, dashboardUrl }) => {
  await page.goto(dashboardUrl);
  const header = page.getByRole("columnheader", { name: "Number" });
  const asListed = FIRST_PAGE.map(({ number }) => number);
  await expect(header).not.toHaveAttribute("aria-sort");
  await header.getByRole("button").click();
  await expect(header).toHaveAttribute("aria-sort", "ascending");
  const ascending = await shownNumbers(page);
  expect(ascending).not.toEqual(asListed);
  expect(new Set(ascending)).toEqual(new Set(asListed));
  await expect(page.getByText("API neither filters nor sorts")).toBeVisible();

  await header.getByRole("button").click();
  await expect(header).toHaveAttribute("aria-sort", "descending");
  expect(await shownNumbers(page)).toEqual(ascending.toReversed());
  await header.getByRole("button").click();
  expect(await shownNumbers(page)).toEqual(asListed);
});

test("sorts by a choice where there are no headers", async ({ page, dashboardUrl }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(dashboardUrl);
  await expect(rows(page)).toHaveCount(20);
  await expect(page.getByRole("columnheader", { name: "Created" })).toBeHidden();
  await page.getByRole("combobox", { name: "Sort by", exact: true }).selectOption("Created ↑");
  expect(await shownNumbers(page)).toEqual(FIRST_PAGE.map(({ number }) => number).reverse());
});

test("the charts count what is loaded, in words too, and filter", async ({ page, dashboardUrl }) => {
  await page.goto(dashboardUrl);
  const chart = (name: string) => page.getByRole("region", { name, exact: true });
  const isOutgoing = ({ capabilities }: (typeof NUMBERS)[number]) => capabilities !== "INBOUND";
  const onPage = FIRST_PAGE.filter(isOutgoing).length;
  const bar = chart("Capability").getByRole("button", { name: "Outgoing" });
  await expect(bar).toHaveAccessibleName(`Outgoing ${onPage} of 20 numbers`);
  for (const name of ["Capability", "Provider", "Status", "Country"]) {
    expect(await chart(name).getByRole("listitem").count()).toBeGreaterThan(1);
  }

  await bar.click();
  await expect(bar).toHaveAttribute("aria-pressed", "true");
  await expect(rows(page)).toHaveCount(onPage);
  await expect(page.getByRole("combobox", { name: "Capability", exact: true })).toHaveValue("OUTBOUND");

  await page.getByRole("button", { name: "Load all 237" }).first().click();
  const inAll = NUMBERS.filter(isOutgoing).length;
  await expect(bar).toHaveAccessibleName(`Outgoing ${inAll} of 237 numbers`);
  await expect(summary(page).getByText(`${inAll} of 237 numbers`, { exact: true })).toBeVisible();
  await bar.click();
  await expect(bar).toHaveAttribute("aria-pressed", "false");

  const unitedStates = NUMBERS.filter(({ location }) => location?.endsWith(", US")).length;
  await chart("Country").getByRole("button", { name: "United States" }).click();
  await expect(summary(page).getByText(`${unitedStates} of 237 numbers`, { exact: true })).toBeVisible();
});
