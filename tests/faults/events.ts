import type { ClientEvent } from "instaview-phone-numbers";

/** An event in short, such as `retry 1 server 250`. */
export function inShort(event: ClientEvent): string {
  switch (event.type) {
    case "request":
      return `request ${event.attempt}`;
    case "response":
      return `response ${event.attempt} ${event.status}`;
    case "retry":
      return `retry ${event.attempt} ${event.reason} ${event.delay}`;
    case "rateLimitWait":
      return `rateLimitWait ${event.window} ${event.delay}`;
    case "rateLimitStoreError":
      return `rateLimitStoreError ${event.message}`;
    case "contractViolation":
      return `contractViolation ${event.issues.map(({ path }) => path).join(" ")}`;
    case "listingChanged":
      return `listingChanged ${event.page} ${event.expectedTotal} ${event.total} ${event.duplicates}`;
  }
}
