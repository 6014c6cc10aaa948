import { type CountryCode, getExampleNumber, parsePhoneNumberFromString } from "libphonenumber-js/max";
import examples from "libphonenumber-js/mobile/examples";
import { expect, NUMBERS, test } from "./fixtures.ts";

const names = new Intl.DisplayNames("en-GB", { type: "region" });

/** A number, its location, and its country where that is not what libphonenumber says. */
type Case = [number: string, location?: string | undefined, country?: string];

/** Twenty-five countries' own examples, and numbers whose location misleads, or is needed. */
const CASES: Case[] = [
  ...["US", "CA", "JM", "GB", "IE", "FR", "DE", "AT", "CH", "IT", "ES", "PT", "NL"],
  ...["SE", "NO", "PL", "CZ", "SK", "HU", "BR", "MX", "RU", "KZ", "JP", "IN"],
]
  .flat()
  .map((country): Case => [getExampleNumber(country as CountryCode, examples)?.number ?? ""])
  .concat([
    ["+5511987654321", "São Paulo, BR"],
    ["+442079460123", "London, GB"],
    ["+13025550123", "Wilmington, DE"],
    ["+14045550123", "Atlanta, GA"],
    ["+13175550123", "Indianapolis, IN"],
    ["+14125550123", "Pittsburgh, PA"],
    ["+12135550123", "Los Angeles, CA"],
    ["+15025550123", "Louisville, KY"],
    ["+14165550123", "Toronto, CA"],
    ["+18765550123", "Kingston, JM"],
    ["+18005550123", "Toronto, CA", "CA"],
    ["+18005550124"],
    ["+447700900123", "Saint Helier, JE", "JE"],
    ["+447700900124", undefined, "GB"],
    ["+390612345678", "Rome, IT"],
    ["+390669812345", "Vatican City, VA"],
    ["+421550123400", "Košice, SK"],
    ["+421212345678", "Vienna, AT"],
    ["+77012345678", "Almaty, KZ"],
    ["+79261234567", "Moscow, RU"],
    ["+4989999984", "München, DE"],
    ["+390212345678", "Milano"],
    ["+41446681800", "Zürich, CH"],
    ["+81312345678", "東京, JP"],
    ["+33199001234", "Île-de-France, FR"],
  ]);

test("fifty numbers of twenty-five countries, as libphonenumber has them", async ({
  page,
  sandbox,
  dashboardUrl,
}) => {
  expect(CASES).toHaveLength(50);
  const data = CASES.map(([number, location], index) => ({
    ...NUMBERS[0],
    id: `id-${index}`,
    number,
    location: location ?? null,
  }));
  sandbox.answerNext({ body: { data, total: 50, page: 1, limit: 100, totalPages: 1 } });
  await page.goto(`${dashboardUrl}?limit=50`);
  const parsed = CASES.map(([number]) => parsePhoneNumberFromString(number));
  await expect(page.getByTitle("Show every field")).toHaveText(
    parsed.map((one) => one?.formatInternational() ?? ""),
  );

  const counts = new Map<string, number>();
  CASES.forEach(([, , country], index) => {
    const name = names.of(country ?? parsed[index]?.country ?? "ZZ") ?? "";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  });
  const options = page.getByRole("combobox", { name: "Country" }).getByRole("option");
  await expect(options).toHaveText([
    "Any",
    ...[...counts].map(([name, count]) => `${name} (${count})`).sort((a, b) => a.localeCompare(b, "en")),
  ]);
});

test("what is no number stays as it is, and belongs to no country", async ({
  page,
  sandbox,
  dashboardUrl,
}) => {
  const numbers = ["112", "*100", "+999999999999999999", "+11", "sip:agent@instaview.sk", ""];
  const data = numbers.map((number, index) => ({
    ...NUMBERS[0],
    id: `id-${index}`,
    number,
    location: "Wien, AT",
  }));
  sandbox.answerNext({ body: { data, total: 6, page: 1, limit: 100, totalPages: 1 } });
  await page.goto(dashboardUrl);
  await expect(page.getByTitle("Show every field")).toHaveText(numbers);
  const options = page.getByRole("combobox", { name: "Country" }).getByRole("option");
  await expect(options).toHaveText(["Any", "Unknown (6)"]);
});
