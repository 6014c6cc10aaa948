import type { InstaViewError } from "instaview-phone-numbers";
import { html, nothing, type TemplateResult } from "lit-html";
import { formatWait } from "../format/time.ts";
import { errorDetails, errorMessage } from "../messages.ts";

/** A message in place of what was asked for. */
export interface Notice {
  title: string;
  text: string;
  /** For whoever has to find the cause. */
  details?: readonly string[];
  action?: TemplateResult | undefined;
  kind?: "error" | "plain";
}

export function notice({ title, text, details = [], action, kind = "plain" }: Notice) {
  return html`
    <div class="notice ${kind}" role=${kind === "error" ? "alert" : nothing}>
      <h2>${title}</h2>
      <p>${text}</p>
      ${details.length > 0 ? html`<ul class="details">${details.map((line) => html`<li>${line}</li>`)}</ul>` : nothing}
      ${action ?? nothing}
    </div>
  `;
}

/** What went wrong, and another try where that may help: as soon as the server allows it. */
export function errorNotice(error: InstaViewError, failedAt: number, retry: () => void) {
  const { title, advice, retry: mayRetry } = errorMessage(error);
  return notice({
    kind: "error",
    title,
    text: advice,
    details: errorDetails(error),
    action: mayRetry ? retryButton(failedAt + (error.retryAfter ?? 0), retry) : undefined,
  });
}

function retryButton(at: number, retry: () => void) {
  const wait = at - Date.now();
  return html`
    <button type="button" class="primary" aria-disabled=${wait > 0} @click=${() => wait <= 0 && retry()}>
      ${wait > 0 ? `Try again in ${formatWait(wait)}` : "Try again"}
    </button>
  `;
}
