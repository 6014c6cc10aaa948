import { formatCount, formatInteger } from "./format/words.ts";
import { type State, totalOf } from "./state.ts";
import { pageCount } from "./ui/pager.ts";
import { isNarrowed } from "./view.ts";

/** What the page shows now, in a sentence for those who cannot see it. */
export function describeListing(state: State): string {
  const { view, listing } = state;
  const { status, extent, entries, total } = listing;
  switch (status) {
    case "loading":
      if (entries.length === 0 || extent === "page") return "Loading…";
      return `${formatInteger(entries.length)} of ${formatCount(total ?? entries.length, "number")} loaded.`;
    case "failed":
      // The alert says it.
      return "";
    case "stopped":
      return `Stopped. ${formatCount(entries.length, "number")} loaded.`;
    case "complete": {
      if (entries.length === 0) return "There are no numbers.";
      const count = pageCount(state);
      const where = count > 1 ? ` Page ${formatInteger(view.page)} of ${formatInteger(count)}.` : "";
      return `${describeRange(state)}.${where}`;
    }
  }
}

/** `1–20 of 237`: which of the numbers are on the page, and of how many. */
export function describeRange(state: State): string {
  const { view, listing, selection } = state;
  const { extent, entries, status } = listing;
  const found = selection.entries.length;
  if (extent === "page" && isNarrowed(view)) return formatCount(found, "match", "matches");
  const before = (view.page - 1) * view.limit;
  const onPage = extent === "page" ? entries.length : Math.min(Math.max(found - before, 0), view.limit);
  const range = onPage > 0 ? `${formatInteger(before + 1)}–${formatInteger(before + onPage)}` : "0";
  const isPartial = extent === "all" && status !== "complete";
  if (isNarrowed(view)) {
    const among = isPartial ? ` among the ${formatInteger(entries.length)} loaded` : "";
    if (found === 0) return `No matches${among}`;
    return `${onPage < found ? `${range} of ` : ""}${formatCount(found, "match", "matches")}${among}`;
  }
  return `${range} of ${formatInteger(totalOf(state) ?? found)}`;
}
