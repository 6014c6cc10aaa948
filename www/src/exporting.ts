import type { InstaViewClient, PhoneNumber } from "instaview-phone-numbers";
import { writeCsv } from "./csv.ts";
import { CONCURRENCY, companyParams } from "./loading.ts";
import type { State } from "./state.ts";

/** The numbers of an export, as they come; at once where they are loaded. */
export async function* numbersToExport(
  { listing, change, selection, export: current, view }: State,
  client: InstaViewClient,
  signal: AbortSignal,
): AsyncGenerator<{ numbers: readonly PhoneNumber[]; total: number }> {
  const isLoaded = listing.extent === "all" && listing.status === "complete" && !change;
  if (current?.extent === "shown" || isLoaded) {
    const entries = current?.extent === "shown" ? selection.entries : listing.entries;
    yield { numbers: entries.map(({ phoneNumber }) => phoneNumber), total: entries.length };
    return;
  }
  const numbers: PhoneNumber[] = [];
  const params = { concurrency: CONCURRENCY, ...companyParams(view) };
  for await (const { data, total } of client.listAllPhoneNumbers(params, { signal }).pages()) {
    numbers.push(...data);
    yield { numbers, total };
  }
}

/** Has the browser save numbers as a file. */
export function saveCsv(numbers: readonly PhoneNumber[]) {
  const url = URL.createObjectURL(new Blob([writeCsv(numbers)], { type: "text/csv" }));
  const link = Object.assign(document.createElement("a"), {
    href: url,
    download: `phone-numbers-${new Date().toISOString().slice(0, 10)}.csv`,
  });
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
