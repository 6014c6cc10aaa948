import { html, nothing } from "lit-html";
import { formatCount, formatInteger } from "../format/words.ts";
import type { Actions, State } from "../state.ts";

/** Which numbers are counted, searched and filtered: those of a page, or all after they are loaded. */
export function scopeControl({ view, listing }: State, actions: Actions) {
  const { status, numbers, total } = listing;
  const loadAll = (label: string) =>
    html`<button type="button" @click=${() => actions.show({ scope: "all", page: 1 })}>${label}</button>`;

  if (view.scope === "page") {
    const isAll = total !== undefined && numbers.length === total;
    return html`
      <p class="scope">${numbers.length > 0 ? `${formatCount(numbers.length, "number")} on this page` : nothing}</p>
      ${total !== undefined && total > 0 && !isAll ? loadAll(`Load all ${formatInteger(total)}`) : nothing}
    `;
  }

  const onePage = html`<button type="button" @click=${() => actions.show({ scope: "page" })}>Page by page</button>`;
  switch (status) {
    case "loading":
      return html`
        <label class="progress">
          <span>
            Loading all numbers${total === undefined ? "" : `: ${formatInteger(numbers.length)} of ${formatInteger(total)}`}
          </span>
          <progress max=${total ?? 1} value=${total === undefined ? 0 : numbers.length}></progress>
        </label>
        <button type="button" @click=${actions.cancel}>Cancel</button>
      `;
    case "complete":
      return html`<p class="scope">All ${formatCount(numbers.length, "number")}</p>
        ${onePage}`;
    default:
      return html`
        <p class="scope">${formatInteger(numbers.length)}${total === undefined ? "" : ` of ${formatInteger(total)}`} loaded</p>
        <button type="button" @click=${actions.reload}>Load all again</button>
        ${onePage}
      `;
  }
}
