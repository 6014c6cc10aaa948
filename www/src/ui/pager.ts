import { html } from "lit-html";
import { formatInteger } from "../format/words.ts";
import type { Actions, State } from "../state.ts";
import { PAGE_SIZES } from "../view.ts";
import { choice } from "./choice.ts";
import { byId } from "./dom.ts";

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
        byId("content", HTMLElement).scrollIntoView();
        actions.show({ page });
      }}
    >
      ${label}
    </button>`;
  const hasNext = last !== undefined && view.page < last;

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
    <div class="turns">
      ${turn("First", 1, view.page > 1)} ${turn("Previous", view.page - 1, view.page > 1)}
      <p>${pagePosition(state)}</p>
      ${turn("Next", view.page + 1, hasNext)} ${turn("Last", last ?? view.page, hasNext)}
    </div>
  `;
}

/** `Page 2 of 12`, as far as it is known. */
export function pagePosition(state: State): string {
  const count = pageCount(state);
  const page = formatInteger(state.view.page);
  return count === undefined ? `Page ${page}` : `Page ${page} of ${formatInteger(count)}`;
}

/** The API's pages; where all numbers are loaded, those that they fill. */
export function pageCount({ view, listing, selected }: State): number | undefined {
  return view.scope === "page" ? listing.pageCount : Math.ceil(selected.length / view.limit);
}
