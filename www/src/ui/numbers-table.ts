import type { PhoneNumber } from "instaview-phone-numbers";
import { html, nothing } from "lit-html";
import { FACETS } from "../facets.ts";
import { formatNumber } from "../format/numbers.ts";
import { formatExact, formatRelative } from "../format/time.ts";
import { formatCapability, formatConstant } from "../format/words.ts";
import type { Actions, State } from "../state.ts";
import type { SortKey, View } from "../view.ts";
import { copyButton } from "./copy-button.ts";
import * as icons from "./icons.ts";

interface Column {
  label: string;
  sort?: SortKey;
}

const COLUMNS: readonly Column[] = [
  { label: "Number", sort: "number" },
  { label: "Location", sort: "location" },
  { label: "Capability" },
  { label: "Type", sort: "type" },
  { label: "Provider", sort: "provider" },
  { label: "Status", sort: "status" },
  { label: "Created", sort: "created" },
  { label: "ID" },
];

/** About a screenful: more rows would be out of sight. */
const MOST_PLACEHOLDERS = 20;

/**
 * A table that says so: where the screen is too narrow for its columns, each row is laid out as a card, and some browsers
 * then take elements for what they look like.
 */
export function numbersTable({ view, listing }: State, rows: readonly PhoneNumber[], actions: Actions) {
  const isLoading = listing.status === "loading";
  return html`
    <table role="table" aria-labelledby="heading" aria-busy=${isLoading}>
      <thead role="rowgroup">
        <tr role="row">
          ${COLUMNS.map((column) => columnHeader(column, view, actions))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.length === 0 && isLoading ? placeholderRows(view.limit) : rows.map(numberRow)}
      </tbody>
    </table>
  `;
}

function columnHeader({ label, sort: by }: Column, { sort }: View, actions: Actions) {
  if (!by) return html`<th role="columnheader" scope="col">${label}</th>`;
  const isSorted = sort?.by === by;
  const direction = sort?.descending ? "descending" : "ascending";
  // In turn: up, down, the API's order.
  const next = !isSorted ? { by, descending: false } : sort.descending ? undefined : { by, descending: true };
  return html`
    <th role="columnheader" scope="col" aria-sort=${isSorted ? direction : nothing}>
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

function numberRow({
  id,
  number,
  location,
  capabilities,
  numberType,
  provider,
  status,
  createdAt,
}: PhoneNumber) {
  return html`
    <tr role="row">
      <th role="rowheader" scope="row" class="number">
        ${copyButton({ shown: formatNumber(number), text: number, hint: "copy", title: `Copy ${number}` })}
      </th>
      <td role="cell" class="location" data-label="Location">
        ${location ? html`<bdi>${location}</bdi>` : html`<span class="none">—</span>`}
      </td>
      <td role="cell" class="capability" data-label="Capability">${capabilityIcon(capabilities)}${formatCapability(capabilities)}</td>
      <td role="cell" class="type" data-label="Type">${formatConstant(numberType)}</td>
      <td role="cell" class="provider" data-label="Provider">${FACETS.provider.format(provider)}</td>
      <td role="cell" class="status" data-label="Status"><span class="badge" data-status=${status}>${formatConstant(status)}</span></td>
      <td role="cell" class="created" data-label="Created">
        <time datetime=${createdAt} title=${formatExact(createdAt)}>${formatRelative(createdAt, Date.now())}</time>
      </td>
      <td role="cell" class="id" data-label="ID">
        ${copyButton({
          shown: id.length > 9 ? `${id.slice(0, 8)}…` : id,
          text: id,
          hint: "copy for companyPhoneNumberId",
          title: `Copy ${id}: use it as companyPhoneNumberId`,
        })}
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
    () => html`<tr class="placeholder" aria-hidden="true">${COLUMNS.map(() => html`<td></td>`)}</tr>`,
  );
}
