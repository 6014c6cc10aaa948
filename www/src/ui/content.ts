import { html, nothing } from "lit-html";
import { formatCount, formatInteger } from "../format/words.ts";
import { COMPANY_NEEDED, needsCompany } from "../messages.ts";
import { pageOf } from "../selection.ts";
import type { Actions, State } from "../state.ts";
import { isNarrowed, NOT_NARROWED } from "../view.ts";
import { errorNotice, notice } from "./notice.ts";
import { numbersTable } from "./numbers-table.ts";
import { pageCount } from "./pager.ts";

/** The numbers that the view asks for, or why there are none. */
export function content(state: State, actions: Actions) {
  const { view, listing, selection } = state;
  const { status, extent, entries, error } = listing;
  const rows = extent === "page" ? selection.entries : pageOf(selection.entries, view.page, view.limit);

  if (status === "failed" && error) {
    if (needsCompany(view, error)) return notice(COMPANY_NEEDED);
    const failure = errorNotice(error, listing.endedAt ?? 0, actions.reload);
    return entries.length > 0 ? html`${failure}${numbersTable(state, rows, actions)}` : failure;
  }
  if (rows.length > 0 || status === "loading") {
    return html`${changeNotice(state, actions)}${numbersTable(state, rows, actions)}`;
  }
  return emptyNotice(state, actions);
}

function changeNotice({ change }: State, actions: Actions) {
  if (!change) return nothing;
  const { expectedTotal, total, duplicates } = change;
  return html`
    <div class="strip" role="status">
      <p>
        The phone numbers changed while they were loaded: there were ${formatInteger(expectedTotal)}, now there are ${formatInteger(total)}.
        ${duplicates > 0 ? `${formatCount(duplicates, "number")} came twice.` : nothing}
      </p>
      <button type="button" @click=${actions.reload}>Load them again</button>
    </div>
  `;
}

/** Why there is no number to show. */
function emptyNotice(state: State, actions: Actions) {
  const { view, listing, selection } = state;
  const { extent, entries, total = 0, status } = listing;
  const button = (label: string, run: () => void) =>
    html`<button type="button" class="primary" @click=${run}>${label}</button>`;

  if (entries.length > 0 && selection.entries.length === 0 && isNarrowed(view)) {
    // What is above offers the rest.
    if (extent === "page") {
      return notice({ title: "No match on this page", text: "The other pages have not been searched." });
    }
    return notice({
      title: "No match",
      text: "None of the company’s numbers matches the search and all of the filters.",
      action: button("Clear filters", () => actions.show(NOT_NARROWED)),
    });
  }
  if (status === "stopped") {
    return notice({
      title: "Stopped",
      text: "Nothing has been loaded yet.",
      action: button("Load the numbers", actions.reload),
    });
  }
  if (total > 0) {
    const count = extent === "page" ? total : selection.entries.length;
    return notice({
      title: `Page ${view.page} is empty`,
      text: `There ${count === 1 ? "is" : "are"} ${formatCount(count, "number")} on ${formatCount(pageCount(state), "page")}.`,
      action: button("Go to the first page", () => actions.show({ page: 1 })),
    });
  }
  return notice({
    title: "No phone numbers yet",
    text: "Once this company has a phone number in InstaView, it appears here.",
  });
}
