import { html, nothing, svg } from "lit-html";
import { FACETS, type FacetChoice, facetChoices } from "../facets.ts";
import { formatCount, formatInteger } from "../format/words.ts";
import type { Actions, State } from "../state.ts";
import { type Filter, withFilter } from "../view.ts";

const CHARTS: readonly Filter[] = ["capability", "status", "provider", "country"];
/** Each chart has the same height, whatever there is. */
const MOST_BARS = 5;

/** What there is at a glance, within the search and the filters. */
export function overview(state: State, actions: Actions) {
  const { extent, entries } = state.listing;
  return html`
    <h2 id="overview-heading">Overview</h2>
    <p class="of">${
      entries.length === 0
        ? nothing
        : extent === "page"
          ? `Of the ${formatCount(entries.length, "number")} on this page`
          : `Of the ${formatCount(state.selection.entries.length, "number")} shown`
    }</p>
    <div class="charts">${CHARTS.map((name) => chart(name, state, actions))}</div>
  `;
}

function chart(name: Filter, state: State, actions: Actions) {
  const { listing, view, selection, telephony } = state;
  const facet = FACETS[name];
  const chosen = view.filters[name];
  const isPending =
    listing.status === "loading" && (listing.entries.length === 0 || (name === "country" && !telephony));
  const all = isPending
    ? []
    : facetChoices(facet, selection.values[name], selection.counts[name], chosen)
        .filter(({ value, count }) => count > 0 || value === chosen)
        .sort((a, b) => b.count - a.count);
  const shown = all.length > MOST_BARS ? all.slice(0, MOST_BARS - 1) : all;
  const most = Math.max(1, ...all.map(({ count }) => count));
  const id = `chart-${name}`;
  return html`
    <section class="chart" aria-labelledby=${id}>
      <h3 id=${id}>${facet.label}</h3>
      <ul role="list">
        ${isPending ? Array.from({ length: 3 }, () => html`<li class="placeholder" aria-hidden="true"></li>`) : nothing}
        ${shown.map((choice) => {
          const isChosen = choice.value === chosen;
          const filters = withFilter(view.filters, name, isChosen ? undefined : choice.value);
          const page = listing.extent === "page" ? view.page : 1;
          return html`<li>${bar(choice, most, isChosen, () => actions.show({ filters, page }))}</li>`;
        })}
        ${all.length > shown.length ? html`<li class="more">and ${all.length - shown.length} more</li>` : nothing}
      </ul>
    </section>
  `;
}

/** As long as its share of the longest one: a number that can call out may be called as well, so that they are no parts of a whole. */
function bar({ label, count }: FacetChoice, most: number, isChosen: boolean, choose: () => void) {
  return html`
    <button type="button" class="bar" aria-pressed=${isChosen} @click=${choose}>
      <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        ${svg`<rect width=${(100 * count) / most} height="1" />`}
      </svg>
      <span class="label"><bdi>${label}</bdi></span>
      <span class="count">${formatInteger(count)}<span class="visually-hidden"> ${count === 1 ? "number" : "numbers"}</span></span>
    </button>
  `;
}
