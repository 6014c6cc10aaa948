import type { Entry } from "./entry.ts";

/** Without accents, in small letters, words apart by one space: `kosice` finds Košice, and `toll free` toll-free. */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/ß/g, "ss")
    .replace(/[ıłøđ]/gi, (letter) => PLAIN[letter.toLowerCase()] ?? letter)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+]+/gu, " ")
    .trim();
}

/** Letters that have no accent of their own to take away. */
const PLAIN: Record<string, string> = { ı: "i", ł: "l", ø: "o", đ: "d" };

/** Whether an entry has every word of a search. Digits may be written as people write numbers. */
export function searcher(search: string): (entry: Entry) => boolean {
  const digits = dialled(search);
  if (digits) return hasDigits(digits);
  const tests = fold(search)
    .split(" ")
    .filter((word) => word !== "" && !IGNORED.has(word))
    .map(wordTest);
  return (entry) => tests.every((test) => test(entry));
}

/** `outbound in Slovakia` */
const IGNORED = new Set(["and", "from", "in", "of", "the"]);

/** What a search of nothing but a number dials: `(020) 7946`, `+44 (0)20`, `212/555` without what separates the digits. */
function dialled(search: string): string | undefined {
  const isNumber = /^[\s+\d().,/\-–·]*$/.test(search);
  const digits = search.replace(/(\d)\s*\(0\)/, "$1").replace(/[^+\d]/g, "");
  return isNumber && /\d/.test(digits) ? digits : undefined;
}

function hasDigits(digits: string): (entry: Entry) => boolean {
  // From abroad, 00 stands for the plus, and 011 in North America.
  const [, fromAbroad = ""] = /^(?:00|011)([1-9]\d*)$/.exec(digits) ?? [];
  return ({ phoneNumber: { number, id }, national }) =>
    number.includes(digits) ||
    national.includes(digits) ||
    (fromAbroad !== "" && number.startsWith(`+${fromAbroad}`)) ||
    id.startsWith(digits);
}

function wordTest(word: string): (entry: Entry) => boolean {
  const country = COUNTRY_WORDS[word];
  if (country) return ({ values }) => values.country.includes(country);
  const local = fold(CITIES[word] ?? "");
  // Two letters are in the middle of many words.
  const isShort = /^[a-z]{1,2}$/.test(word);
  return ({ text, national }) =>
    (isShort ? ` ${text}`.includes(` ${word}`) : text.includes(word)) ||
    (local !== "" && text.includes(local)) ||
    (/^\d+$/.test(word) && national.includes(word));
}

/** What people call a country, where it is not its name. */
const COUNTRY_WORDS: Record<string, string> = {
  america: "US",
  britain: "GB",
  england: "GB",
  gb: "GB",
  holland: "NL",
  korea: "KR",
  uae: "AE",
  uk: "GB",
  us: "US",
  usa: "US",
};

/** English names of cities, and those by which the API may call them. */
const CITIES: Record<string, string> = {
  athens: "Athína",
  basle: "Basel",
  belgrade: "Beograd",
  brussels: "Bruxelles",
  bucharest: "București",
  cologne: "Köln",
  copenhagen: "København",
  florence: "Firenze",
  geneva: "Genève",
  genoa: "Genova",
  gothenburg: "Göteborg",
  hanover: "Hannover",
  lisbon: "Lisboa",
  milan: "Milano",
  moscow: "Moskva",
  munich: "München",
  naples: "Napoli",
  nuremberg: "Nürnberg",
  prague: "Praha",
  rome: "Roma",
  seville: "Sevilla",
  tokyo: "東京",
  turin: "Torino",
  venice: "Venezia",
  vienna: "Wien",
  warsaw: "Warszawa",
  zurich: "Zürich",
};
