import type { RateLimitWindow } from "instaview-phone-numbers";
import { html, nothing, svg } from "lit-html";
import { formatWait } from "../format/time.ts";
import { formatInteger } from "../format/words.ts";
import { RETRY_REASONS } from "../messages.ts";
import type { Actions, Activity, State } from "../state.ts";

/** Less than this share of a window's requests is little. */
const LOW = 0.2;
/** Milliseconds without any news after which the page says that it still waits. */
const SILENCE = 3_000;

/** Both windows, as the server last reported them, and for how long it wants no request. */
export function rateLimit(state: State) {
  const windows = limitWindows(state);
  const pause = (state.pausedUntil ?? 0) - Date.now();
  const isUnknown = windows.length === 0 && pause <= 0;
  return html`
    <h2>Rate limit</h2>
    ${pause > 0 ? html`<p>InstaView accepts no requests for ${formatWait(pause)}.</p>` : nothing}
    ${isUnknown ? html`<p>InstaView has not reported it yet.</p>` : meters(windows)}
  `;
}

/** The same beside the numbers, as far as little is left. */
export function lowRateLimit(state: State) {
  const low = limitWindows(state).filter(({ known }) => shareLeft(known) < LOW);
  return low.length > 0 ? meters(low) : nothing;
}

function meters(windows: readonly NamedWindow[]) {
  return html`<dl class="windows">${windows.map(meter)}</dl>`;
}

interface NamedWindow {
  name: string;
  known: RateLimitWindow;
}

function limitWindows({ rateLimit }: State): NamedWindow[] {
  const { minute, hour } = rateLimit ?? {};
  return [
    ...(minute ? [{ name: "minute", known: minute }] : []),
    ...(hour ? [{ name: "hour", known: hour }] : []),
  ];
}

/** A window that is over is full again. */
function shareLeft({ remaining, limit, resetAt }: RateLimitWindow): number {
  return resetAt > Date.now() ? remaining / Math.max(limit, 1) : 1;
}

function meter({ name, known }: NamedWindow) {
  const wait = known.resetAt - Date.now();
  const share = shareLeft(known);
  const left = formatInteger(wait > 0 ? known.remaining : known.limit);
  return html`
    <div class="window" data-level=${share === 0 ? "empty" : share < LOW ? "low" : "enough"}>
      <dt>${left} of ${formatInteger(known.limit)} requests left this ${name}</dt>
      <dd>
        <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
          ${svg`<rect width=${100 * share} height="1" />`}
        </svg>
        <span class="reset">${wait > 0 ? `resets in ${formatWait(wait)}` : "a new window"}</span>
      </dd>
    </div>
  `;
}

/** What a call waits for, counted down; or that nothing has been heard for a while. */
export function activity({ activity, listing, heardAt }: State, actions: Actions) {
  const isLoading = listing.status === "loading";
  const isSilent = isLoading && Date.now() - heardAt >= SILENCE;
  if (!activity && !isSilent) return nothing;
  return html`
    <div class="strip">
      ${activity ? activityCountdown(activity) : html`<p role="status">Still waiting for InstaView…</p>`}
      ${isLoading ? html`<button type="button" @click=${actions.cancel}>${activity ? "Stop waiting" : "Cancel"}</button>` : nothing}
    </div>
  `;
}

/** The same, to be put where it is waited for. */
export function activityCountdown(activity: Activity) {
  const wait = activity.until - Date.now();
  return html`
    <p role="status">${activityText(activity)}</p>
    <p class="countdown" aria-hidden="true">${wait > 0 ? `Continues in ${formatWait(wait)}` : "Continues now"}</p>
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
