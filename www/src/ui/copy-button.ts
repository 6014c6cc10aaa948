import { html } from "lit-html";
import { announce } from "./dom.ts";
import { check, copy } from "./icons.ts";

/** How long the tick stays. */
const SHOWN = 2_000;

/** A text to read that, clicked, copies a text to use. */
export function copyButton(options: { shown: unknown; text: string; hint: string; title?: string }) {
  const { shown, text, hint, title = "" } = options;
  return html`<button type="button" class="copy" title=${title} @click=${(event: Event) => copyText(event, text)}>
    <span class="shown" dir="ltr">${shown}</span><span class="visually-hidden">, ${hint}</span>${copy}${check}
  </button>`;
}

async function copyText({ currentTarget }: Event, text: string) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    announce("The browser did not allow copying.");
    return;
  }
  announce(`Copied ${text}`);
  const button = currentTarget as HTMLElement;
  button.dataset.copied = text;
  setTimeout(() => delete button.dataset.copied, SHOWN);
}
