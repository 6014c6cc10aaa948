import { html, type TemplateResult } from "lit-html";
import { announce } from "./dom.ts";
import { check, copy, failed } from "./icons.ts";

/** How long it shows whether it was copied. */
const SHOWN = 2_500;

/** Copies a text when it is clicked. What is shown is read before the hint. */
export function copyButton(options: { shown?: string | TemplateResult; text: string; hint: string }) {
  const { shown = "", text, hint } = options;
  return html`<button type="button" class="copy" title=${hint} @click=${(event: Event) => copyText(event, text)}>
    <span class="shown" dir="ltr">${shown}</span><span class="visually-hidden">${hint}</span
    >${copy}${check}${failed}<span class="failure" aria-hidden="true">Not copied</span>
  </button>`;
}

async function copyText({ currentTarget }: Event, text: string) {
  const button = currentTarget as HTMLElement;
  const isCopied = await write(text);
  announce(isCopied ? `Copied ${text}` : "Not copied: the browser does not allow it.");
  button.dataset.copied = isCopied ? "yes" : "no";
  setTimeout(() => delete button.dataset.copied, SHOWN);
}

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
