import { type ClientEvent, InstaViewClient } from "instaview-phone-numbers";
import type { View } from "./view.ts";

/**
 * One client for each of the server's keys, which the page never sees: its proxy adds them. A client knows the rate
 * limit of its key, and keeps it for all its calls.
 */
export function createClients(
  onEvent: (event: ClientEvent) => void,
): Record<View["keyType"], InstaViewClient> {
  const options = { timeout: 10_000, onEvent };
  return {
    company: new InstaViewClient({ ...options, baseUrl: "api" }),
    ats: new InstaViewClient({ ...options, baseUrl: "api/ats", keyType: "ats" }),
  };
}
