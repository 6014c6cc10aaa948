import { html, nothing, type TemplateResult } from "lit-html";
import { FACETS, facetChoices } from "../facets.ts";
import { formatInteger } from "../format/words.ts";
import type { Actions, Panel, State } from "../state.ts";
import { FILTERS, type Filter, readSort, SORTABLE, type View, withFilter, writeSort } from "../view.ts";
import { choice } from "./choice.ts";
import * as icons from "./icons.ts";

const SORT_LABELS = {
  number: "Number",
  location: "Location",
  type: "Type",
  provider: "Provider",
  status: "Status",
  created: "Created",
};

/** Search, filters, and what is behind a button where there is little room. */
export function toolbar(state: State, actions: Actions) {
  const { view, listing, panels } = state;
  const page = listing.extent === "page" ? view.page : 1;
  return html`
    <div class="toolbar" role="search" aria-label="Phone numbers">
      <label class="field search">
        <span class="visually-hidden">Search</span>
        ${icons.search}
        <input
          type="search"
          placeholder="Search by number, place, provider or ID"
          autocomplete="off"
          spellcheck="false"
          .value=${view.search}
          @input=${({ target }: Event) =>
            actions.show({ search: (target as HTMLInputElement).value, page }, { replace: true })}
        />
      </label>
      ${panelButton("filters", html`${icons.filters}Filters${chosenCount(view)}`, state, actions)}
      ${panelButton("overview", html`${icons.overview}Overview`, state, actions)}
      <div id="filters" class="filters" ?data-open=${panels.filters}>
        ${FILTERS.map((name) =>
          filter(name, state, (value) => {
            actions.show({ filters: withFilter(view.filters, name, value), page });
          }),
        )}
        ${sortChoice(state, actions)}
      </div>
    </div>
  `;
}

function panelButton(panel: Panel, label: TemplateResult, { panels }: State, actions: Actions) {
  return html`<button
    type="button"
    class="open-${panel}"
    aria-expanded=${panels[panel]}
    aria-controls=${panel}
    @click=${() => actions.toggle(panel)}
  >
    ${label}
  </button>`;
}

function chosenCount({ filters }: View) {
  const count = Object.keys(filters).length;
  if (count === 0) return nothing;
  return html` <span class="chosen">${count}<span class="visually-hidden"> chosen</span></span>`;
}

/** Before each value in its option: the empty value is one, and no choice is none. */
const PREFIX = "=";

function filter(name: Filter, state: State, choose: (value: string | undefined) => void) {
  const { view, selection, listing } = state;
  const facet = FACETS[name];
  const chosen = view.filters[name];
  const choices = facetChoices(facet, selection.values[name], selection.counts[name], chosen);
  const isCounted = listing.entries.length > 0;
  return choice({
    id: `filter-${name}`,
    label: facet.label,
    choices: [
      { value: "", label: "Any" },
      ...choices.map(({ value, label, count }) => ({
        value: PREFIX + value,
        label: isCounted ? `${label} (${formatInteger(count)})` : label,
      })),
    ],
    chosen: chosen === undefined ? "" : PREFIX + chosen,
    choose: (value) => choose(value === "" ? undefined : value.slice(PREFIX.length)),
  });
}

/** Where the columns have no headers to click. */
function sortChoice({ view }: State, actions: Actions) {
  const choices = SORTABLE.flatMap((by) => [
    { value: by, label: `${SORT_LABELS[by]} ↑` },
    { value: `-${by}`, label: `${SORT_LABELS[by]} ↓` },
  ]);
  return choice({
    id: "sort",
    label: "Sort by",
    choices: [{ value: "", label: "As listed" }, ...choices],
    chosen: writeSort(view.sort),
    choose: (value) => actions.show({ sort: readSort(value) }),
    kind: "sort-choice",
  });
}
