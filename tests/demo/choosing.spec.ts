import type { Page } from "@playwright/test";
import { announcement, expect, NUMBERS, openLoaded, rows, shownNumbers, test } from "./fixtures.ts";

const range = (page: Page, text: string) => expect(page.getByText(text, { exact: true })).toBeVisible();
const canCallOut = ({ capabilities }: (typeof NUMBERS)[number]) => capabilities !== "INBOUND";
const canBeCalled = ({ capabilities }: (typeof NUMBERS)[number]) => capabilities !== "OUTBOUND";
const isSlovak = ({ number }: (typeof NUMBERS)[number]) => number.startsWith("+421");

for (const [filter, option, isMatch] of [
  ["Calls", "Can call out", canCallOut],
  ["Calls", "Can be called", canBeCalled],
  ["Calls", "Both ways", (number) => canCallOut(number) && canBeCalled(number)],
  ["Status", "In use", ({ status }) => status === "IN_USE"],
  ["Type", "Toll free", ({ numberType }) => numberType === "TOLL_FREE"],
  ["Provider", "Telnyx", ({ provider }) => provider === "TELNYX"],
  ["Country", "Slovakia", isSlovak],
] as [string, string, (number: (typeof NUMBERS)[number]) => boolean][]) {
  test(`filters all the numbers: ${filter}, ${option}`, async ({ page, dashboardUrl }) => {
    await openLoaded(page, dashboardUrl);
    await page.getByRole("combobox", { name: "Numbers per page" }).selectOption("100");
    const matches = NUMBERS.filter(isMatch).map(({ number }) => number);
    await page
      .getByRole("combobox", { name: filter, exact: true })
      .selectOption(`${option} (${matches.length})`);
    await expect(announcement(page)).toContainText(`${matches.length} matches`);
    await expect.poll(() => shownNumbers(page)).toEqual(matches.slice(0, 100));
    await page.getByRole("button", { name: "Clear filters" }).click();
    await range(page, "1–100 of 237");
  });
}

test("outbound in Slovakia: 15, in two clicks or in words", async ({ page, dashboardUrl }) => {
  const matches = NUMBERS.filter((number) => isSlovak(number) && canCallOut(number));
  expect(matches).toHaveLength(15);
  await openLoaded(page, dashboardUrl);
  await page.getByRole("combobox", { name: "Calls", exact: true }).selectOption("=OUTBOUND");
  await page.getByRole("combobox", { name: "Country" }).selectOption("=SK");
  await range(page, "15 matches");
  await expect.poll(() => shownNumbers(page)).toEqual(matches.map(({ number }) => number));
  await page.getByRole("button", { name: "Clear filters" }).click();
  await page.getByRole("searchbox", { name: "Search" }).fill("outbound in Slovakia");
  await range(page, "15 matches");
});

test("counts within the search and the other filters, and offers the rest", async ({
  page,
  dashboardUrl,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openLoaded(page, dashboardUrl);
  const chart = (name: string) => page.getByRole("region", { name, exact: true });
  const bar = (name: string, value: string) => chart(name).getByRole("button", { name: value });
  const count = (isMatch: (number: (typeof NUMBERS)[number]) => boolean) => NUMBERS.filter(isMatch).length;
  // They are no parts of a whole: those for both directions are in both.
  await expect(bar("Calls", "Can call out")).toHaveAccessibleName(
    `Can call out ${count(canCallOut)} numbers`,
  );
  await expect(bar("Calls", "Can be called")).toHaveAccessibleName(
    `Can be called ${count(canBeCalled)} numbers`,
  );
  for (const name of ["Calls", "Status", "Provider", "Country"]) {
    expect(await chart(name).getByRole("listitem").count()).toBeGreaterThan(1);
  }

  await bar("Country", "Slovakia").click();
  await expect(bar("Country", "Slovakia")).toHaveAttribute("aria-pressed", "true");
  const slovak = count(isSlovak);
  await range(page, `1–20 of ${slovak} matches`);
  const both = count((number) => isSlovak(number) && canCallOut(number));
  await expect(bar("Calls", "Can call out")).toHaveAccessibleName(`Can call out ${both} numbers`);
  // In its own filter, what else there is.
  const germany = count(({ number }) => number.startsWith("+49"));
  await expect(bar("Country", "Germany")).toHaveAccessibleName(`Germany ${germany} numbers`);
  const status = page.getByRole("combobox", { name: "Status", exact: true });
  const inUse = count((number) => isSlovak(number) && number.status === "IN_USE");
  await expect(status.getByRole("option", { name: "In use" })).toHaveText(`In use (${inUse})`);

  await bar("Country", "Slovakia").click();
  await expect(bar("Country", "Slovakia")).toHaveAttribute("aria-pressed", "false");
  await range(page, "1–20 of 237");
});

test("what has no name gets one, and can be filtered", async ({ page, sandbox, dashboardUrl }) => {
  const [first] = NUMBERS;
  const statuses = ["", "AVAILABLE", "in_use", "IN_USE", " ", "__", "spam & <eggs>"];
  const data = statuses.map((status, index) => ({ ...first, id: `id-${index}`, status }));
  sandbox.answerNext({ body: { data, total: data.length, page: 1, limit: 100, totalPages: 1 } });
  await page.goto(dashboardUrl);
  await range(page, "1–7 of 7");
  const status = page.getByRole("combobox", { name: "Status", exact: true });
  const labels = await status.getByRole("option").allTextContents();
  expect(new Set(labels)).toEqual(
    new Set([
      "Any",
      "Available (1)",
      "In use (in_use) (1)",
      "In use (IN_USE) (1)",
      "Not given () (1)",
      "Not given ( ) (1)",
      "__ (1)",
      "Spam & <eggs> (1)",
    ]),
  );
  for (const value of statuses) {
    await status.selectOption(`=${value}`);
    await range(page, "1 match");
    await expect(page.getByText("Clear filters")).toBeVisible();
  }
  await status.selectOption("=");
  await expect(page).toHaveURL(`${dashboardUrl}?status=`);
  await expect(page.getByRole("cell", { name: "Not given" })).toBeVisible();
});

test("sorts up, down and back, by the headers", async ({ page, dashboardUrl }) => {
  await openLoaded(page, dashboardUrl);
  const header = page.getByRole("columnheader", { name: "Number" });
  const asListed = NUMBERS.map(({ number }) => number);
  const sorted = [...asListed].sort();
  await expect(header).not.toHaveAttribute("aria-sort");
  await header.getByRole("button").click();
  await expect(header).toHaveAttribute("aria-sort", "ascending");
  // The longer calling codes stand among the shorter ones: +1, +33, +421, +44, …
  await expect.poll(() => shownNumbers(page)).toEqual(sorted.slice(0, 20));
  await header.getByRole("button").click();
  await expect(header).toHaveAttribute("aria-sort", "descending");
  await expect.poll(() => shownNumbers(page)).toEqual(sorted.toReversed().slice(0, 20));
  await header.getByRole("button").click();
  await expect(header).not.toHaveAttribute("aria-sort");
  await expect.poll(() => shownNumbers(page)).toEqual(asListed.slice(0, 20));
});

test("sorts places as people do, with what has none at the end", async ({ page, dashboardUrl }) => {
  await openLoaded(page, dashboardUrl);
  const header = page.getByRole("columnheader", { name: "Location" });
  const places = () =>
    page
      .getByRole("row")
      .getByRole("cell", { name: /, [A-Z]{2}$|Not given/ })
      .allInnerTexts();
  await header.getByRole("button").click();
  await expect(header).toHaveAttribute("aria-sort", "ascending");
  expect((await places()).at(0)).toBe("Berlin, DE");
  await page.getByRole("button", { name: "Last" }).click();
  await expect.poll(async () => (await places()).at(-1)).toBe("Not given");
  await header.getByRole("button").click();
  await expect(header).toHaveAttribute("aria-sort", "descending");
  await expect.poll(async () => (await places()).at(-1)).toBe("Not given");
});

test("on a phone, filters and sorting are behind a button", async ({ page, dashboardUrl }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openLoaded(page, dashboardUrl);
  await expect(page.getByRole("columnheader", { name: "Created" })).toBeHidden();
  const sort = page.getByRole("combobox", { name: "Sort by", exact: true });
  await expect(sort).toBeHidden();
  const open = page.getByRole("button", { name: "Filters", exact: true });
  await expect(open).toHaveAttribute("aria-expanded", "false");
  await open.click();
  await sort.selectOption("Created ↑");
  await expect
    .poll(() => shownNumbers(page))
    .toEqual(
      NUMBERS.map(({ number }) => number)
        .reverse()
        .slice(0, 20),
    );
  await page.getByRole("combobox", { name: "Country" }).selectOption("=SK");
  await page.getByRole("button", { name: "Filters 1 chosen" }).click();
  await expect(sort).toBeHidden();
  await expect(rows(page)).toHaveCount(20);
});
