import type { ClientEvent } from "instaview-phone-numbers";
import { html, nothing } from "lit-html";
import { formatClock, formatDuration } from "../format/time.ts";
import { formatCount } from "../format/words.ts";
import type { Actions, LogEntry, State } from "../state.ts";
import { close } from "./icons.ts";

/** What `onEvent` told, the latest first. */
export function requestLog({ log }: State, actions: Actions) {
  return html`
    <div class="drawer-head">
      <h2 id="log-heading" tabindex="-1">Request log</h2>
      <p>${tally(log.entries)}</p>
      <button type="button" @click=${actions.clearLog}>Clear</button>
      <button type="button" class="quiet" aria-label="Close the request log" @click=${actions.toggleLog}>${close}</button>
    </div>
    <!-- biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too -->
    <div class="entries" tabindex="0" role="region" aria-labelledby="log-heading">
      <table aria-labelledby="log-heading">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Event</th>
            <th scope="col">What</th>
            <th scope="col">Attempt</th>
            <th scope="col">Took</th>
          </tr>
        </thead>
        <tbody>
          ${log.entries.toReversed().map(row)}
        </tbody>
      </table>
      ${log.entries.length === 0 ? html`<p class="empty">Nothing yet.</p>` : nothing}
    </div>
  `;
}

function row({ time, event }: LogEntry) {
  const { name, what, took } = describe(event);
  return html`
    <tr data-event=${event.type} data-tone=${tone(event)}>
      <td>${formatClock(time)}</td>
      <td>${name}</td>
      <td class="what">${what}</td>
      <td>${"attempt" in event ? event.attempt : nothing}</td>
      <td>${took === undefined ? nothing : formatDuration(took)}</td>
    </tr>
  `;
}

interface Description {
  name: string;
  what: string;
  /** Milliseconds. */
  took?: number;
}

function describe(event: ClientEvent): Description {
  switch (event.type) {
    case "request": {
      const { pathname, search } = new URL(event.url);
      return { name: "Request", what: `${event.method} ${pathname}${search}` };
    }
    case "response":
      return { name: "Answer", what: `${event.status}`, took: event.duration };
    case "retry":
      return { name: "Retry", what: `after ${event.reason}`, took: event.delay };
    case "rateLimitWait":
      return { name: "Wait", what: `for the rate limit (${event.window})`, took: event.delay };
    case "rateLimitStoreError":
      return { name: "Store", what: event.message };
    case "contractViolation":
      return { name: "Contract", what: event.issues.map(({ path }) => path).join(", ") };
    case "listingChanged": {
      const { page, expectedTotal, total, duplicates } = event;
      return {
        name: "Changed",
        what: `page ${page}: ${total} in all, not ${expectedTotal}; ${formatCount(duplicates, "duplicate")}`,
      };
    }
  }
}

function tone(event: ClientEvent): "good" | "bad" | "plain" {
  if (event.type === "response") return event.status >= 200 && event.status < 300 ? "good" : "bad";
  return event.type === "request" ? "plain" : "bad";
}

/** `4 requests, 1 retry, 1 wait` */
function tally(entries: readonly LogEntry[]): string {
  const count = (type: ClientEvent["type"]) => entries.filter(({ event }) => event.type === type).length;
  const retries = count("retry");
  return [
    formatCount(count("request"), "request"),
    `${retries} ${retries === 1 ? "retry" : "retries"}`,
    formatCount(count("rateLimitWait"), "wait"),
  ].join(" · ");
}
