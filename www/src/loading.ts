import { type InstaViewClient, isInstaViewError } from "instaview-phone-numbers";
import type { Listing } from "./state.ts";
import type { View } from "./view.ts";

/** Pages that are asked for at once. */
const CONCURRENCY = 3;

/** Loads what a view asks for, and gives each state of it. An abort leaves what has come so far. */
export async function* loadListing(
  client: InstaViewClient,
  view: View,
  known: Pick<Listing, "total" | "pageCount">,
  signal: AbortSignal,
): AsyncGenerator<Listing> {
  let listing: Listing = { ...known, status: "loading", numbers: [] };
  yield listing;
  try {
    for await (const page of pages(client, view, signal)) {
      const { data, total, totalPages: pageCount } = page;
      listing = { ...listing, numbers: [...listing.numbers, ...data], total, pageCount };
      yield listing;
    }
    yield { ...listing, status: "complete", endedAt: Date.now() };
  } catch (error) {
    if (signal.aborted) yield { ...listing, status: "stopped" };
    else if (isInstaViewError(error)) yield { ...listing, status: "failed", error, endedAt: Date.now() };
    else throw error;
  }
}

/** Whose numbers are listed: a company key has but one company. */
export function companyParams({ keyType, company }: View): { companyId?: string } {
  return keyType === "ats" && company !== "" ? { companyId: company } : {};
}

/** The one page of the view, or all that there are. */
async function* pages(client: InstaViewClient, view: View, signal: AbortSignal) {
  const { scope, page, limit, consistency } = view;
  const company = companyParams(view);
  if (scope === "page") yield await client.listPhoneNumbers({ page, limit, ...company }, { signal });
  else
    yield* client
      .listAllPhoneNumbers({ concurrency: CONCURRENCY, consistency, ...company }, { signal })
      .pages();
}
