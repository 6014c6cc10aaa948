import type { InstaViewError, PhoneNumberPage } from "instaview-phone-numbers";
import { textElement } from "./dom.ts";
import { formatCapability, formatCount } from "./format.ts";
import { errorMessage } from "./messages.ts";
import type { Actions, View } from "./state.ts";

/** What is shown in place of the table. */
interface Notice {
  title: string;
  text: string;
  /** For whoever has to find the cause. */
  details?: string[];
  action?: { label: string; run(): void };
}

/** What went wrong. */
export function errorNotice(error: InstaViewError, actions: Actions): HTMLElement {
  const { title, advice, retry } = errorMessage(error);
  const details = error.messages.map((message) => `InstaView says: ${message}`);
  if (error.requestId !== undefined) details.push(`Request ID: ${error.requestId}`);
  const element = noticeElement({
    title,
    text: advice,
    details,
    ...(retry && { action: { label: "Retry", run: actions.retry } }),
  });
  element.role = "alert";
  element.classList.add("error");
  return element;
}

/** Why a page that was loaded has no number to show. */
export function emptyNotice(page: PhoneNumberPage, view: View, actions: Actions): HTMLElement {
  if (page.data.length > 0) {
    return noticeElement({
      title: `No match for “${formatCapability(view.capability)}” on this page`,
      text:
        page.totalPages > 1
          ? "The filter only looks at the numbers of this page. Other pages may have a match."
          : "This page has all the numbers of the company.",
      action: { label: "Show all", run: () => actions.show({ capability: "ALL" }) },
    });
  }
  if (page.total > 0) {
    return noticeElement({
      title: `Page ${view.page} is empty`,
      text: `There are ${formatCount(page.total, "number")} on ${formatCount(page.totalPages, "page")}.`,
      action: { label: "Go to the first page", run: () => actions.show({ page: 1 }) },
    });
  }
  return noticeElement({
    title: "No phone numbers yet",
    text: "Once this company has a phone number in InstaView, it appears here.",
  });
}

function noticeElement({ title, text, details = [], action }: Notice): HTMLElement {
  const element = document.createElement("div");
  element.className = "notice";
  element.append(textElement("h2", title), textElement("p", text));
  for (const detail of details) {
    const line = textElement("p", detail);
    line.className = "detail";
    element.append(line);
  }
  if (action) {
    const button = textElement("button", action.label);
    button.type = "button";
    button.addEventListener("click", action.run);
    element.append(button);
  }
  return element;
}
