import { type PhoneNumber, type PhoneNumberPage, supportsCapability } from "instaview-phone-numbers";
import { pagePosition } from "./controls.ts";
import { byId } from "./dom.ts";
import { formatCount } from "./format.ts";
import { emptyNotice, errorNotice } from "./notice.ts";
import type { Actions, State, View } from "./state.ts";
import { numberRow, placeholderRows } from "./table.ts";

const total = byId("total", HTMLElement);
const summary = byId("summary", HTMLElement);
const content = byId("content", HTMLElement);
const table = byId("numbers", HTMLTableElement);
const rows = byId("rows", HTMLTableSectionElement);
const notice = byId("notice", HTMLElement);
const announcement = byId("announcement", HTMLElement);

/** Shows the numbers of a state, or what stands in their place. */
export function updateContent(state: State, actions: Actions) {
  const { view, outcome } = state;
  total.textContent = state.total === undefined ? "" : formatCount(state.total, "number");
  table.ariaBusy = String(outcome.type === "loading");

  switch (outcome.type) {
    case "loading":
      showTable(placeholderRows(view.limit));
      summary.textContent = "";
      announcement.textContent = "";
      break;
    case "failed":
      showNotice(errorNotice(outcome.error, actions));
      summary.textContent = "";
      announcement.textContent = "";
      break;
    case "loaded": {
      const shown = matches(outcome.page, view);
      if (shown.length > 0) showTable(shown.map(numberRow));
      else showNotice(emptyNotice(outcome.page, view, actions));
      summary.textContent = describe(shown, outcome.page, view);
      announcement.textContent =
        outcome.page.data.length > 0
          ? `${pagePosition(state)} loaded. ${summary.textContent}`
          : "There are no numbers on this page.";
    }
  }
}

function showTable(newRows: HTMLTableRowElement[]) {
  // The notice goes, and with it the button that was just used: the keyboard goes on from here.
  if (notice.contains(document.activeElement)) content.focus();
  table.hidden = false;
  rows.replaceChildren(...newRows);
  notice.replaceChildren();
}

function showNotice(newNotice: HTMLElement) {
  table.hidden = true;
  rows.replaceChildren();
  notice.replaceChildren(newNotice);
}

function matches({ data }: PhoneNumberPage, { capability }: View): PhoneNumber[] {
  return capability === "ALL" ? data : data.filter((number) => supportsCapability(number, capability));
}

/** The API cannot filter, so that a filter is about one page: this says so. */
function describe(
  shown: PhoneNumber[],
  { data }: PhoneNumberPage,
  { page, limit, capability }: View,
): string {
  if (data.length === 0) return "";
  if (capability !== "ALL")
    return `${shown.length} of the ${formatCount(data.length, "number")} on this page`;
  const before = (page - 1) * limit;
  return `Numbers ${before + 1} to ${before + data.length}`;
}
