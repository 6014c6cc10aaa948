import { expect, NUMBERS, openLoaded, shownNumbers, test } from "./fixtures.ts";

type Listed = (typeof NUMBERS)[number];

const isBritish = ({ number }: Listed) => number.startsWith("+44");
const isAmerican = ({ number }: Listed) => number.startsWith("+1");
const [first] = NUMBERS;
const id = first?.id ?? "";

/** What people paste and say, and what they mean. */
const SEARCHES: [string, (number: Listed) => boolean][] = [
  ["020 7946", ({ number }) => number.startsWith("+44207946")],
  ["(020) 7946", ({ number }) => number.startsWith("+44207946")],
  ["+44 (0)20 7946", ({ number }) => number.startsWith("+44207946")],
  ["0044 20", ({ number }) => number.startsWith("+4420")],
  ["011 44 20 7946", ({ number }) => number.startsWith("+44207946")],
  ["212/555", ({ number }) => number.includes("212555")],
  ["+1 (415) 555", ({ number }) => number.startsWith("+1415555")],
  ["8474", ({ number }) => number.endsWith("8474")],
  ["+421 550 (123)", ({ number }) => number.includes("+421550123")],
  ["uk", isBritish],
  ["UK 7946", ({ number }) => number.startsWith("+44207946")],
  ["USA", isAmerican],
  ["united states", isAmerican],
  ["Twilio", ({ provider }) => provider === "TWILIO"],
  ["outgoing", ({ capabilities }) => capabilities !== "INBOUND"],
  ["inbound", ({ capabilities }) => capabilities !== "OUTBOUND"],
  ["both ways", ({ capabilities }) => capabilities === "INBOUND_OUTBOUND"],
  ["Munich", ({ location }) => location === "München, DE"],
  ["munchen", ({ location }) => location === "München, DE"],
  ["tokyo", ({ location }) => location === "東京, JP"],
  ["東京", ({ location }) => location === "東京, JP"],
  ["kosice", ({ location }) => location === "Košice, SK"],
  ["KOŠICE available", ({ location, status }) => location === "Košice, SK" && status === "AVAILABLE"],
  ["zary", ({ location }) => location === "Żary, PL"],
  ["toll-free", ({ numberType }) => numberType === "TOLL_FREE"],
  ["in use", ({ status }) => status === "IN_USE"],
  ["toronto", () => false],
  [id.slice(9), (number) => number.id === id],
  [id.toUpperCase(), (number) => number.id === id],
];

test("finds what people paste and say", async ({ page, dashboardUrl }) => {
  test.setTimeout(90_000);
  await openLoaded(page, dashboardUrl);
  await page.getByRole("combobox", { name: "Numbers per page" }).selectOption("100");
  const search = page.getByRole("searchbox", { name: "Search" });
  for (const [typed, isMatch] of SEARCHES) {
    await search.fill(typed);
    const matches = NUMBERS.filter(isMatch).map(({ number }) => number);
    await expect.poll(() => shownNumbers(page), typed).toEqual(matches.slice(0, 100));
  }
  // Typing is no step to go back to.
  await expect(page).toHaveURL(new RegExp(`&q=${id.toUpperCase()}$`));
  await page.goBack();
  await expect(search).toHaveValue("");
});
