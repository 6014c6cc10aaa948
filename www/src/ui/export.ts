import { html, nothing } from "lit-html";
import { formatCount, formatInteger } from "../format/words.ts";
import { errorDetails, errorMessage } from "../messages.ts";
import { type Actions, type Export, type State, totalOf } from "../state.ts";
import { close } from "./icons.ts";

/** A file of what is shown or of everything. */
export function exportDialog(state: State, actions: Actions) {
  const { export: current, selection } = state;
  if (!current) return nothing;
  const total = totalOf(state);
  const isLoading = current.outcome.type === "loading";
  const extentChoice = (extent: Export["extent"], label: string) => html`
    <label class="radio">
      <input
        type="radio"
        name="extent"
        .checked=${current.extent === extent}
        ?disabled=${isLoading}
        @change=${() => actions.chooseExport(extent)}
      />
      <span>${label}</span>
    </label>
  `;
  return html`
    <div class="dialog-head">
      <h2 id="export-heading">Export as CSV</h2>
      <button type="button" class="quiet" aria-label="Close" @click=${actions.closeExport}>${close}</button>
    </div>
    <fieldset class="radios">
      <legend>Which numbers?</legend>
      ${extentChoice("shown", `What is shown: ${formatCount(selection.entries.length, "number")}, in this order`)}
      ${extentChoice("all", total === undefined ? "Everything" : `Everything: ${formatCount(total, "number")}`)}
    </fieldset>
    ${outcome(current)}
    <div class="dialog-actions">
      <button type="button" @click=${actions.closeExport}>${isLoading ? "Cancel" : "Close"}</button>
      <button type="button" class="primary" aria-disabled=${isLoading} @click=${() => !isLoading && actions.runExport()}>
        Download
      </button>
    </div>
  `;
}

function outcome({ outcome }: Export) {
  switch (outcome.type) {
    case "choosing":
      return html`<p class="note">Every field, in UTF-8. Excel, Numbers and Google Sheets open it.</p>`;
    case "loading": {
      const { count, total } = outcome;
      const text = `Loading ${formatInteger(count)}${total === undefined ? "" : ` of ${formatInteger(total)}`}`;
      return html`<p class="note progress">
        <span>${text}</span>
        <progress aria-label=${text} max=${total ?? 1} value=${total === undefined ? 0 : count}></progress>
      </p>`;
    }
    case "done":
      return html`<p class="note" role="status">Exported ${formatCount(outcome.count, "number")}.</p>`;
    case "failed": {
      const { title, advice } = errorMessage(outcome.error);
      return html`<div class="note" role="alert">
        <p><strong>${title}</strong></p>
        <p>${advice}</p>
        <p class="details">${errorDetails(outcome.error)[0]}</p>
      </div>`;
    }
  }
}
