import { formatCount } from "./format/words.ts";
import type { State } from "./state.ts";
import { pagePosition } from "./ui/pager.ts";
import { isNarrowed } from "./view.ts";

/** What has become of a listing, in a sentence for those who cannot see it. */
export function describeListing(state: State): string {
  const { view, listing, selected } = state;
  const { status, numbers, total } = listing;
  switch (status) {
    case "loading":
      if (view.scope === "page") return "Loading…";
      return total === undefined ? "Loading all numbers…" : `${numbers.length} of ${total} numbers loaded.`;
    case "failed":
      // The alert says it.
      return "";
    case "stopped":
      return `Stopped. ${formatCount(numbers.length, "number")} loaded.`;
    case "complete": {
      if (numbers.length === 0) return "There are no numbers on this page.";
      const matches = isNarrowed(view) ? ` ${formatCount(selected.length, "number")} matching.` : "";
      return view.scope === "page"
        ? `${pagePosition(state)} loaded.${matches}`
        : `All ${formatCount(numbers.length, "number")} loaded.${matches}`;
    }
  }
}
