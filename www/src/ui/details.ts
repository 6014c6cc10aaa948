import type { PhoneNumber } from "instaview-phone-numbers";
import { html, nothing, type TemplateResult } from "lit-html";
import { FIELDS } from "../fields.ts";
import { formatExact, formatRelative } from "../format/time.ts";
import { formatCapability, formatConstant, formatCountry } from "../format/words.ts";
import type { Actions, State } from "../state.ts";
import { badge } from "./badge.ts";
import { copyButton } from "./copy-button.ts";
import { close } from "./icons.ts";

/** Every field of a number: in words, and as JSON. */
export function details({ details: phoneNumber, telephony }: State, actions: Actions) {
  if (!phoneNumber) return nothing;
  const { id, number, companyId, location, capabilities, custom } = phoneNumber;
  const { provider, status, numberType, createdAt, updatedAt } = phoneNumber;
  const json = JSON.stringify(phoneNumber, null, 2);
  const country = telephony?.originOf(phoneNumber).country;
  return html`
    <div class="dialog-head">
      <h2 id="details-heading" dir="ltr">${telephony?.formatNumber(number) ?? number}</h2>
      <button type="button" class="quiet" aria-label="Close" @click=${() => actions.showDetails(undefined)}>
        ${close}
      </button>
    </div>
    <dl class="fields">
      ${field("Number", copyButton({ shown: number, text: number, hint: "copy" }))}
      ${field("ID", copyButton({ shown: id, text: id, hint: "copy, to use as companyPhoneNumberId" }))}
      ${field("Company ID", copyButton({ shown: companyId, text: companyId, hint: "copy" }))}
      ${field("Location", location ? html`<bdi>${location}</bdi>` : "Not given")}
      ${country === undefined ? nothing : field("Country", formatCountry(country))}
      ${field("Calls", formatCapability(capabilities))}
      ${field("Type", formatConstant(numberType))}
      ${field("Provider", formatConstant(provider))}
      ${field("Status", badge(status))}
      ${field("Custom", custom ? "Yes" : "No")}
      ${field("Created", moment(createdAt))}
      ${field("Updated", moment(updatedAt))}
      ${otherFields(phoneNumber)}
    </dl>
    <div class="code">
      <div class="code-head">
        <h3 id="json-heading">As JSON</h3>
        ${copyButton({ shown: "Copy", text: json, hint: "the JSON" })}
      </div>
      <!-- biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too -->
      <pre tabindex="0" role="region" aria-labelledby="json-heading"><code>${json}</code></pre>
    </div>
  `;
}

function field(name: string, value: string | TemplateResult) {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function moment(timestamp: string) {
  return html`<time datetime=${timestamp}>${formatExact(timestamp)}</time>
    <span class="ago">${formatRelative(timestamp, Date.now())}</span>`;
}

const documented: readonly string[] = FIELDS;

/** Those that the API has been given since. */
function otherFields(phoneNumber: PhoneNumber) {
  return Object.entries(phoneNumber)
    .filter(([name]) => !documented.includes(name))
    .map(([name, value]) => field(name, typeof value === "string" ? value : JSON.stringify(value)));
}
