import type { PhoneNumber } from "instaview-phone-numbers";
import { textElement } from "./dom.ts";
import { formatCapability, formatConstant, formatDate, formatNumber } from "./format.ts";

const COLUMNS = 7;
/** About a screenful: more rows would be out of sight. */
const MOST_PLACEHOLDERS = 20;

export function numberRow(phoneNumber: PhoneNumber): HTMLTableRowElement {
  const { number, location, capabilities, numberType, provider, status, createdAt } = phoneNumber;
  const header = textElement("th", formatNumber(number));
  header.scope = "row";
  const row = document.createElement("tr");
  row.append(
    header,
    textElement("td", location || "—"),
    textElement("td", formatCapability(capabilities)),
    textElement("td", formatConstant(numberType)),
    textElement("td", formatConstant(provider)),
    statusCell(status),
    dateCell(createdAt),
  );
  return row;
}

/** Rows in the shape of those to come. */
export function placeholderRows(count: number): HTMLTableRowElement[] {
  return Array.from({ length: Math.min(count, MOST_PLACEHOLDERS) }, () => {
    const row = document.createElement("tr");
    row.className = "placeholder";
    row.ariaHidden = "true";
    for (let column = 0; column < COLUMNS; column++) row.append(document.createElement("td"));
    return row;
  });
}

function statusCell(status: string): HTMLTableCellElement {
  const badge = textElement("span", formatConstant(status));
  badge.className = status === "AVAILABLE" ? "status available" : "status";
  const cell = document.createElement("td");
  cell.append(badge);
  return cell;
}

function dateCell(timestamp: string): HTMLTableCellElement {
  const time = textElement("time", formatDate(timestamp));
  time.dateTime = timestamp;
  const cell = document.createElement("td");
  cell.append(time);
  return cell;
}
