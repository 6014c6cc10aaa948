import { html, nothing } from "lit-html";
import { FACETS, facetChoices } from "../facets.ts";
import { formatCount, formatInteger } from "../format/words.ts";
import type { Actions, State } from "../state.ts";
import { FILTERS, type Filter, isNarrowed, NO_FILTERS, readSort, SORTABLE, writeSort } from "../view.ts";
import { choice } from "./choice.ts";
import { search } from "./icons.ts";

const SORT_LABELS = {
  number: "Number",
  location: "Location",
  type: "Type",
  provider: "Provider",
  status: "Status",
  created: "Created",
};

export function toolbar(state: State, actions: Actions) {
  const { view } = state;
  // Of all the numbers, the pages are this page's own: another choice starts at the first.
  const page = view.scope === "all" ? 1 : view.page;
  return html`
    <div class="toolbar" role="search" aria-label="Phone numbers">
      <label class="field search">
        <span>Search</span>
        ${search}
        <input
          type="search"
          placeholder="Number, place or ID"
          autocomplete="off"
          spellcheck="false"
          .value=${view.search}
          @input=${({ target }: Event) =>
            actions.show({ search: (target as HTMLInputElement).value, page }, { replace: true })}
        />
      </label>
      ${FILTERS.map((name) =>
        filter(name, state, (value) => {
          actions.show({ filters: { ...view.filters, [name]: value }, page });
        }),
      )}
      ${sortChoice(state, actions)}
    </div>
    ${summary(state, actions)}
  `;
}

function filter(name: Filter, { view, listing }: State, choose: (value: string) => void) {
  const facet = FACETS[name];
  const chosen = view.filters[name];
  const values = facetChoices(facet, listing.numbers, chosen);
  return choice({
    id: `filter-${name}`,
    label: facet.label,
    choices: [{ value: "", label: "Any" }, ...values.map((value) => ({ value, label: facet.format(value) }))],
    chosen,
    choose,
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

/** What the table shows. The API cannot filter or sort: on one page, this says so. */
function summary({ view, listing, selected }: State, actions: Actions) {
  const { numbers, total = 0, status } = listing;
  const narrowed = isNarrowed(view);
  const isPartial = view.scope === "page" && numbers.length < total;
  const loadAll = html`<button type="button" class="link" @click=${() => actions.show({ scope: "all", page: 1 })}>
    Load all ${formatInteger(total)}</button>`;

  let text = "";
  if (numbers.length > 0) {
    if (narrowed) {
      const of = formatCount(numbers.length, "number");
      text = `${formatInteger(selected.length)} of ${view.scope === "page" ? `the ${of} on this page` : of}`;
    } else {
      const shown = view.scope === "page" ? numbers.length : Math.min(selected.length - before(), view.limit);
      text = `Numbers ${formatInteger(before() + 1)} to ${formatInteger(before() + shown)}`;
    }
  }
  function before() {
    return (view.page - 1) * view.limit;
  }
  return html`
    <div class="summary">
      <p>${text}</p>
      ${
        (narrowed || view.sort) && isPartial && status !== "failed"
          ? html`<p class="hint">InstaView’s API neither filters nor sorts, so that this is about one page. ${loadAll} for the whole.</p>`
          : nothing
      }
      ${
        narrowed
          ? html`<button type="button" class="link" @click=${() => actions.show({ filters: NO_FILTERS, search: "" })}>
            Clear filters
          </button>`
          : nothing
      }
    </div>
  `;
}
