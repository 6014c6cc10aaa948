import { html, nothing } from "lit-html";
import { formatInteger } from "../format/words.ts";
import type { Actions, State } from "../state.ts";
import { PAGE_SIZES } from "../view.ts";
import { choice } from "./choice.ts";
import { byId } from "./dom.ts";

/** Turning pages, where there are any, and how long they are. */
export function pager(state: State, actions: Actions) {
  const { view } = state;
  const last = pageCount(state);
  const turn = (label: string, page: number, possible: boolean) =>
    // Not `disabled`, which would take the keyboard's focus away on the last page.
    html`<button
      type="button"
      aria-disabled=${!possible}
      @click=${() => {
        if (!possible) return;
        byId("content", HTMLElement).scrollIntoView({ block: "nearest" });
        actions.show({ page });
      }}
    >
      ${label}
    </button>`;

  return html`
    ${choice({
      id: "page-size",
      label: "Numbers per page",
      choices: PAGE_SIZES.map((size) => ({ value: String(size), label: String(size) })),
      chosen: String(view.limit),
      choose: (value) => {
        const limit = Number(value);
        // The number that was the first stays on the page.
        actions.show({ limit, page: Math.floor(((view.page - 1) * view.limit) / limit) + 1 });
      },
      kind: "inline",
    })}
    ${
      last > 1
        ? html`<div class="turns">
            ${turn("First", 1, view.page > 1)} ${turn("Previous", view.page - 1, view.page > 1)}
            <p>Page ${formatInteger(view.page)} of ${formatInteger(last)}</p>
            ${turn("Next", view.page + 1, view.page < last)} ${turn("Last", last, view.page < last)}
          </div>`
        : nothing
    }
  `;
}

/** Of the numbers that match, where they are known; else of all that the API has. */
export function pageCount({ view, listing, selection }: State): number {
  const { extent, total = 0 } = listing;
  return Math.ceil((extent === "page" ? total : selection.entries.length) / view.limit);
}

/** Whether there is anything to turn, or to be longer or shorter. */
export function hasPages(state: State): boolean {
  return (
    pageCount(state) > 1 ||
    (state.view.limit > PAGE_SIZES[0] && state.selection.entries.length > PAGE_SIZES[0])
  );
}
