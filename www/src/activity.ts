import type { ClientEvent } from "instaview-phone-numbers";
import type { Activity } from "./state.ts";

/** What a call does after an event; nothing worth telling while it simply waits for its answer. */
export function activityAfter(
  event: ClientEvent,
  current: Activity | undefined,
  now: number,
): Activity | undefined {
  switch (event.type) {
    case "request":
      return undefined;
    case "retry":
      return { type: "retry", reason: event.reason, until: now + event.delay, attempt: event.attempt };
    case "rateLimitWait":
      return { type: "wait", window: event.window, until: now + event.delay };
    default:
      return current;
  }
}
