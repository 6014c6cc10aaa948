import type { PhoneNumber } from "instaview-phone-numbers";
import { html, nothing } from "lit-html";
import type { Entry } from "../entry.ts";
import { formatExact, formatRelative } from "../format/time.ts";
import { formatCapability, formatConstant } from "../format/words.ts";
import type { Actions, State } from "../state.ts";
import type { SortKey, View } from "../view.ts";
import { badge } from "./badge.ts";
import { copyButton } from "./copy-button.ts";
import * as icons from "./icons.ts";

interface Column {
  name: string;
  label: string;
  sort?: SortKey;
}

const COLUMNS: readonly Column[] = [
  { name: "number", label: "Number", sort: "number" },
  { name: "location", label: "Location", sort: "location" },
  { name: "capability", label: "Calls" },
  { name: "type", label: "Type", sort: "type" },
  { name: "provider", label: "Provider", sort: "provider" },
  { name: "status", label: "Status", sort: "status" },
  { name: "created", label: "Created", sort: "created" },
  { name: "id", label: "ID" },
];

/** About a screenful: more rows would be out of sight. */
const MOST_PLACEHOLDERS = 20;

/**
 * A table that says so: where the screen is too narrow for its columns, each row is laid out as a card, and some browsers
 * then take elements for what they look like.
 */
export function numbersTable(state: State, rows: readonly Entry[], actions: Actions) {
  const { view, listing } = state;
  const isLoading = listing.status === "loading";
  return html`
    <table role="table" aria-labelledby="heading" aria-busy=${isLoading}>
      <thead role="rowgroup">
        <tr role="row">
          ${COLUMNS.map((column) => columnHeader(column, view, actions))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${
          rows.length === 0 && isLoading
            ? placeholderRows(view.limit)
            : rows.map(({ phoneNumber }) => numberRow(phoneNumber, state, actions))
        }
      </tbody>
    </table>
  `;
}

function columnHeader({ name, label, sort: by }: Column, { sort }: View, actions: Actions) {
  if (!by) return html`<th role="columnheader" scope="col" class=${name}>${label}</th>`;
  const isSorted = sort?.by === by;
  const direction = sort?.descending ? "descending" : "ascending";
  // In turn: up, down, the API's order.
  const next = !isSorted ? { by, descending: false } : sort.descending ? undefined : { by, descending: true };
  return html`
    <th role="columnheader" scope="col" class=${name} aria-sort=${isSorted ? direction : nothing}>
      <button type="button" class="sort" @click=${() => actions.show({ sort: next })}>
        ${label}${sortIcon(isSorted ? direction : undefined)}
      </button>
    </th>
  `;
}

function sortIcon(direction: "ascending" | "descending" | undefined) {
  switch (direction) {
    case "ascending":
      return icons.ascending;
    case "descending":
      return icons.descending;
    default:
      return icons.sortable;
  }
}

function numberRow(phoneNumber: PhoneNumber, { telephony }: State, actions: Actions) {
  const { id, number, location, capabilities, numberType, provider, status, createdAt } = phoneNumber;
  return html`
    <tr role="row">
      <th role="rowheader" scope="row" class="number">
        <button
          type="button"
          class="open-details"
          aria-haspopup="dialog"
          title="Show every field"
          @click=${() => actions.showDetails(phoneNumber)}
        >
          <span dir="ltr">${telephony?.formatNumber(number) ?? number}</span>
        </button>
        ${copyButton({ text: number, hint: `Copy ${number}` })}
      </th>
      <td role="cell" class="location" data-label="Location">
        ${
          location
            ? html`<bdi class="clamped" title=${location}>${location}</bdi>`
            : html`<span class="none">Not given</span>`
        }
      </td>
      <td role="cell" class="capability" data-label="Calls">
        ${capabilityIcon(capabilities)}${formatCapability(capabilities)}
      </td>
      <td role="cell" class="type" data-label="Type">${formatConstant(numberType)}</td>
      <td role="cell" class="provider" data-label="Provider">${formatConstant(provider)}</td>
      <td role="cell" class="status" data-label="Status">${badge(status)}</td>
      <td role="cell" class="created" data-label="Created">
        <time datetime=${createdAt} title=${formatExact(createdAt)}>${formatRelative(createdAt, Date.now())}</time>
      </td>
      <td role="cell" class="id" data-label="ID">
        ${copyButton({ shown: "Copy ID", text: id, hint: `${id}, to use as companyPhoneNumberId` })}
      </td>
    </tr>
  `;
}

function capabilityIcon(capability: string) {
  switch (capability) {
    case "OUTBOUND":
      return icons.outgoing;
    case "INBOUND":
      return icons.incoming;
    case "INBOUND_OUTBOUND":
      return icons.bothWays;
    default:
      return icons.other;
  }
}

/** Rows in the shape of those to come. */
function placeholderRows(count: number) {
  return Array.from(
    { length: Math.min(count, MOST_PLACEHOLDERS) },
    () =>
      html`<tr class="placeholder" aria-hidden="true">${COLUMNS.map(({ name }) => html`<td class=${name}></td>`)}</tr>`,
  );
}
