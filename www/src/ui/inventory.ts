import { html, nothing, svg } from "lit-html";
import { countFacet, FACETS, type FacetCount } from "../facets.ts";
import { formatCount, formatInteger } from "../format/words.ts";
import type { Actions, State } from "../state.ts";
import type { Filter } from "../view.ts";
import { scopeControl } from "./scope.ts";

const CHARTS: readonly Filter[] = ["capability", "provider", "status", "country"];
/** Each chart has the same height, whatever there is. */
const MOST_BARS = 5;

/** What there is at a glance: of the numbers that are loaded, as they come. */
export function inventory(state: State, actions: Actions) {
  const { numbers, status } = state.listing;
  const charts = CHARTS.map((name) => chart(name, state, actions));
  // They scroll sideways on a narrow screen; by keyboard, while there is nothing in them to go to, as a whole.
  const tabIndex = numbers.length === 0 ? 0 : nothing;
  return html`
    <div class="section-head">
      <h2 id="inventory-heading">Inventory</h2>
      ${scopeControl(state, actions)}
    </div>
    ${
      numbers.length > 0 || status === "loading"
        ? html`<div class="charts" role="group" aria-label="Charts" tabindex=${tabIndex}>${charts}</div>`
        : nothing
    }
  `;
}

function chart(name: Filter, { listing, view }: State, actions: Actions) {
  const facet = FACETS[name];
  const all = countFacet(facet, listing.numbers);
  const shown = all.length > MOST_BARS ? all.slice(0, MOST_BARS - 1) : all;
  const isPending = listing.numbers.length === 0 && listing.status === "loading";
  const id = `chart-${name}`;
  return html`
    <section class="chart" aria-labelledby=${id}>
      <h3 id=${id}>${facet.label}</h3>
      <ul role="list">
        ${isPending ? Array.from({ length: 3 }, () => html`<li class="placeholder" aria-hidden="true"></li>`) : nothing}
        ${shown.map((entry) => {
          const isChosen = view.filters[name] === entry.value;
          const filters = { ...view.filters, [name]: isChosen ? "" : entry.value };
          return html`<li>
            ${bar(facet.format(entry.value), entry, listing.numbers.length, isChosen, () =>
              actions.show({ filters, page: view.scope === "all" ? 1 : view.page }),
            )}
          </li>`;
        })}
        ${all.length > shown.length ? html`<li class="more">and ${all.length - shown.length} more</li>` : nothing}
      </ul>
    </section>
  `;
}

function bar(label: string, { count }: FacetCount, total: number, isChosen: boolean, choose: () => void) {
  return html`
    <button type="button" class="bar" aria-pressed=${isChosen} @click=${choose}>
      <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        ${svg`<rect width=${(100 * count) / total} height="1" />`}
      </svg>
      <span class="label"><bdi>${label}</bdi></span>
      <span class="count"
        >${formatInteger(count)}<span class="visually-hidden"> of ${formatCount(total, "number")}</span></span
      >
    </button>
  `;
}
