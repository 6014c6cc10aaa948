import { html, nothing } from "lit-html";
import { describeRange } from "../announcements.ts";
import { formatInteger } from "../format/words.ts";
import type { Actions, State } from "../state.ts";
import { isNarrowed, NOT_NARROWED } from "../view.ts";
import * as icons from "./icons.ts";

/** What the table shows, and how to have more of it. */
export function summary(state: State, actions: Actions) {
  const { view, listing } = state;
  const { status, entries } = listing;
  return html`
    <p class="range">${entries.length > 0 ? describeRange(state) : nothing}</p>
    ${
      isNarrowed(view)
        ? html`<button type="button" class="link" @click=${() => actions.show(NOT_NARROWED)}>Clear filters</button>`
        : nothing
    }
    ${more(state, actions)}
    <button type="button" class="export" aria-haspopup="dialog" @click=${actions.openExport}>
      ${icons.download}<span class="if-wide">Export CSV</span>
    </button>
    <button
      type="button"
      class="quiet refresh"
      aria-label="Refresh"
      title="Refresh"
      aria-disabled=${status === "loading"}
      @click=${() => status !== "loading" && actions.reload()}
    >
      ${icons.refresh}
    </button>
  `;
}

/** What is missing of the numbers, and the button that loads them: while they are loaded, it cancels in the same place. */
function more(state: State, actions: Actions) {
  const offer = offerOf(state, actions);
  if (!offer) return nothing;
  const { text, progress, label, run, isPrimary = false } = offer;
  return html`
    <p class="scope">${text}</p>
    ${progress ? html`<progress aria-label=${text} max=${progress.max} value=${progress.value}></progress>` : nothing}
    <button type="button" class="offer ${isPrimary ? "primary" : ""}" @click=${run}>${label}</button>
  `;
}

interface Offer {
  text: string;
  progress?: { max: number; value: number };
  label: string;
  run: () => void;
  isPrimary?: boolean;
}

function offerOf({ view, listing }: State, actions: Actions): Offer | undefined {
  const { status, extent, entries, total } = listing;
  const count = formatInteger(total ?? 0);
  if (extent === "page") {
    const run = () => actions.show({ scope: "all", page: 1 });
    if (isNarrowed(view)) {
      return {
        text: "Showing matches on this page only.",
        label: `Search all ${count}`,
        run,
        isPrimary: true,
      };
    }
    if (view.sort)
      return { text: "Sorted on this page only.", label: `Sort all ${count}`, run, isPrimary: true };
    return { text: "", label: `Load all ${count}`, run };
  }
  if (status === "loading" && view.scope === "all") {
    return {
      text: `Loading ${formatInteger(entries.length)}${total === undefined ? "" : ` of ${count}`}`,
      progress: { max: total ?? 1, value: total === undefined ? 0 : entries.length },
      label: "Cancel",
      run: actions.cancel,
    };
  }
  if (entries.length > 0 && (status === "stopped" || status === "failed")) {
    const text = `${formatInteger(entries.length)} of ${count} loaded.`;
    return { text, label: `Load all ${count}`, run: actions.reload };
  }
  return undefined;
}
