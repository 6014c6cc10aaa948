import type { RateLimitWindow } from "instaview-phone-numbers";
import { html, nothing, svg } from "lit-html";
import { formatWait } from "../format/time.ts";
import { formatInteger } from "../format/words.ts";
import { RETRY_REASONS } from "../messages.ts";
import type { Actions, Activity, State } from "../state.ts";

/** Both windows, as the server last reported them. */
export function rateLimit({ rateLimit }: State) {
  return html`
    <dl class="windows">${limitWindow("Minute", rateLimit?.minute)} ${limitWindow("Hour", rateLimit?.hour)}</dl>
  `;
}

function limitWindow(label: string, known: RateLimitWindow | undefined) {
  const wait = known ? known.resetAt - Date.now() : 0;
  const share = known && wait > 0 ? known.remaining / Math.max(known.limit, 1) : 1;
  return html`
    <div class="window" data-level=${share === 0 ? "empty" : share < 0.2 ? "low" : "enough"}>
      <dt>${label}</dt>
      <dd>
        <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
          ${svg`<rect width=${known ? 100 * share : 0} height="1" />`}
        </svg>
        <span class="left">${known ? remaining(known, wait) : "not reported yet"}</span>
        <span class="reset">${known ? (wait > 0 ? `resets in ${formatWait(wait)}` : "new window") : nothing}</span>
      </dd>
    </div>
  `;
}

function remaining({ remaining, limit }: RateLimitWindow, wait: number): string {
  return `${formatInteger(wait > 0 ? remaining : limit)} of ${formatInteger(limit)} left`;
}

/** What a call waits for, counted down. */
export function activity({ activity, listing }: State, actions: Actions) {
  if (!activity) return nothing;
  return html`
    <div class="strip">
      ${activityCountdown(activity)}
      ${
        listing.status === "loading"
          ? html`<button type="button" @click=${actions.cancel}>Stop waiting</button>`
          : nothing
      }
    </div>
  `;
}

/** The same, to be put where it is waited for. */
export function activityCountdown(activity: Activity) {
  const wait = activity.until - Date.now();
  return html`
    <p role="status">${activityText(activity)}</p>
    <p class="countdown" aria-hidden="true">${wait > 0 ? `continues in ${formatWait(wait)}` : "continues now"}</p>
  `;
}

function activityText(activity: Activity): string {
  if (activity.type === "retry") {
    const reason = RETRY_REASONS[activity.reason] ?? "The request failed";
    return `${reason}: attempt ${activity.attempt} failed, another follows.`;
  }
  switch (activity.window) {
    case "retry-after":
      return "Rate limit: InstaView asked to wait.";
    case "minute":
      return "Rate limit: the requests of this minute are used up. Waiting for the next window.";
    case "hour":
      return "Rate limit: the requests of this hour are used up. Waiting for the next window.";
  }
}
