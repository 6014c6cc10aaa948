import { html, nothing } from "lit-html";
import { formatCount } from "../format/words.ts";
import { COMPANY_NEEDED, needsCompany } from "../messages.ts";
import { pageOf } from "../selection.ts";
import type { Actions, State } from "../state.ts";
import { isNarrowed, NO_FILTERS } from "../view.ts";
import { errorNotice, notice } from "./notice.ts";
import { numbersTable } from "./numbers-table.ts";

/** The numbers that the view asks for, or why there are none. */
export function content(state: State, actions: Actions) {
  const { view, listing, selected } = state;
  const { status, numbers, error } = listing;
  const rows = view.scope === "page" ? selected : pageOf(selected, view.page, view.limit);

  if (status === "failed" && error) {
    if (needsCompany(view, error)) return notice(COMPANY_NEEDED);
    const failure = errorNotice(error, listing.endedAt ?? 0, actions.reload);
    return numbers.length > 0 ? html`${failure}${numbersTable(state, rows, actions)}` : failure;
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
        The phone numbers changed while they were loaded: there were ${expectedTotal}, now there are ${total}.
        ${duplicates > 0 ? `${formatCount(duplicates, "number")} came twice.` : nothing}
      </p>
      <button type="button" @click=${actions.reload}>Load all again</button>
    </div>
  `;
}

/** Why there is no number to show. */
function emptyNotice({ view, listing }: State, actions: Actions) {
  const { numbers, total = 0, pageCount = 0, status } = listing;
  const button = (label: string, run: () => void) =>
    html`<button type="button" class="primary" @click=${run}>${label}</button>`;

  if (numbers.length > 0 && isNarrowed(view)) {
    return notice({
      title: view.scope === "page" ? "No match on this page" : "No match",
      text:
        view.scope === "page" && total > numbers.length
          ? "Search and filters look at the numbers of this page. Others may match."
          : "None of the company’s numbers match all of the search and the filters.",
      action: button("Clear filters", () => actions.show({ filters: NO_FILTERS, search: "" })),
    });
  }
  if (status === "stopped") {
    return notice({
      title: "Stopped",
      text: "Nothing was loaded before.",
      action: button("Load", actions.reload),
    });
  }
  if (total > 0) {
    const pages = view.scope === "page" ? pageCount : Math.ceil(numbers.length / view.limit);
    return notice({
      title: `Page ${view.page} is empty`,
      text: `There are ${formatCount(total, "number")} on ${formatCount(pages, "page")}.`,
      action: button("Go to the first page", () => actions.show({ page: 1 })),
    });
  }
  return notice({
    title: "No phone numbers yet",
    text: "Once this company has a phone number in InstaView, it appears here.",
  });
}
