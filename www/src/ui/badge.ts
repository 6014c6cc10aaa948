import { html } from "lit-html";
import { formatConstant } from "../format/words.ts";

/** A status in words, with a shape and a colour of its own. Only AVAILABLE is documented: the others are what such APIs say. */
export function badge(status: string) {
  return html`<span class="badge" data-status=${KINDS[status] ?? "other"}>${formatConstant(status)}</span>`;
}

const KINDS: Record<string, "available" | "in-use" | "pending"> = {
  AVAILABLE: "available",
  ASSIGNED: "in-use",
  IN_USE: "in-use",
  PENDING: "pending",
  PROVISIONING: "pending",
};
