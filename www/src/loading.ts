import { type InstaViewClient, isInstaViewError, type PhoneNumber } from "instaview-phone-numbers";
import { createEntry, type Entry, type Telephony } from "./entry.ts";
import { pageOf } from "./selection.ts";
import type { Listing } from "./state.ts";
import type { View } from "./view.ts";

/** Numbers of a request: the most that the API gives. Every page that the user can choose is in one of these. */
const CHUNK = 100;
/** Requests at once. */
export const CONCURRENCY = 3;
/** So many are loaded unasked: ten requests of the sixty that a key may make in a minute. */
const MOST_UNASKED = 1_000;

/** Nothing is known yet. */
export const NOTHING_LOADED: Listing = { status: "loading", extent: "all", entries: [], chunks: new Map() };

/**
 * Loads what a view asks for, and gives each state of it: all numbers where there are few or the user asks for them, else
 * those of the page. An abort leaves what has come so far.
 *
 * @param known - What was loaded before, where that is still right.
 * @param telephony - Is loaded after the first numbers, which don't wait for it.
 */
export async function* loadListing(
  client: InstaViewClient,
  view: View,
  known: Listing,
  telephony: () => Promise<Telephony | undefined>,
  signal: AbortSignal,
): AsyncGenerator<Listing> {
  let listing = known;
  try {
    const load = known.extent === "page" ? loadPage : loadAll;
    for await (listing of load(client, view, known, telephony, signal)) yield listing;
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

type Load = typeof loadListing;

/** All numbers, or the view's page once there turn out to be too many. */
const loadAll: Load = async function* (client, view, known, telephony, signal) {
  let listing: Listing = { ...known, status: "loading" };
  yield listing;
  const params = {
    limit: CHUNK,
    concurrency: CONCURRENCY,
    consistency: view.consistency,
    ...companyParams(view),
  };
  for await (const { data, total } of client.listAllPhoneNumbers(params, { signal }).pages()) {
    const before = listing.entries;
    const isTooMuch = before.length === 0 && total > MOST_UNASKED && view.scope === "auto";
    for await (const entries of entriesOf(data, telephony)) {
      listing = isTooMuch
        ? withChunk({ ...listing, extent: "page", total }, view, 1, entries)
        : { ...listing, entries: [...before, ...entries], total };
      yield listing;
    }
    if (isTooMuch) {
      yield* loadPage(client, view, listing, telephony, signal);
      return;
    }
  }
};

/** The numbers of the view's page, and the others that come with them. */
const loadPage: Load = async function* (client, view, known, telephony, signal) {
  const chunk = chunkOf(view);
  const loaded = known.chunks.get(chunk);
  if (loaded) {
    yield withChunk(known, view, chunk, loaded);
    return;
  }
  yield { ...known, status: "loading", entries: [] };
  const params = { page: chunk, limit: CHUNK, ...companyParams(view) };
  const { data, total } = await client.listPhoneNumbers(params, { signal });
  for await (const entries of entriesOf(data, telephony)) {
    yield withChunk({ ...known, status: "loading", total }, view, chunk, entries);
  }
};

/** Which request has the numbers of the view's page. */
function chunkOf({ page, limit }: View): number {
  return Math.floor(((page - 1) * limit) / CHUNK) + 1;
}

/** A listing with one more chunk, and those of the view's page that are in it. */
function withChunk(listing: Listing, view: View, chunk: number, entries: readonly Entry[]): Listing {
  const pagesBefore = ((chunk - 1) * CHUNK) / view.limit;
  return {
    ...listing,
    chunks: new Map(listing.chunks).set(chunk, entries),
    entries: chunk === chunkOf(view) ? pageOf(entries, view.page - pagesBefore, view.limit) : [],
  };
}

/** At once, as far as they are known without telephony; then as they are. */
async function* entriesOf(numbers: readonly PhoneNumber[], telephony: () => Promise<Telephony | undefined>) {
  yield numbers.map((number) => createEntry(number, undefined));
  const known = await telephony();
  yield numbers.map((number) => createEntry(number, known));
}
