import type { PhoneNumber } from "instaview-phone-numbers";
import { FIELDS } from "./fields.ts";

/** Excel takes a file for UTF-8 only with this. */
const BYTE_ORDER_MARK = "\uFEFF";

/** Numbers as a file for spreadsheets. Source of the format: RFC 4180. */
export function writeCsv(numbers: readonly PhoneNumber[]): string {
  const lines = numbers.map((number) => FIELDS.map((field) => quoted(String(number[field] ?? ""))).join(","));
  return `${BYTE_ORDER_MARK}${[FIELDS.join(","), ...lines].join("\r\n")}\r\n`;
}

function quoted(value: string): string {
  // A spreadsheet would run what begins like a formula; the plus of a number is none of these.
  const isFormula = /^([=@\t\r-]|\+\D)/.test(value);
  return `"${isFormula ? "'" : ""}${value.replaceAll('"', '""')}"`;
}
