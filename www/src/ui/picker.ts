import { html, nothing } from "lit-html";
import { formatCapability, formatConstant } from "../format/words.ts";
import { COMPANY_NEEDED, errorDetails, errorMessage, needsCompany } from "../messages.ts";
import { pickCode } from "../pick-code.ts";
import type { Actions, Direction, State } from "../state.ts";
import { copyButton } from "./copy-button.ts";
import { close } from "./icons.ts";
import { activityCountdown } from "./rate-limit.ts";

const DIRECTIONS: Record<Direction, { label: string; explanation: string }> = {
  OUTBOUND: { label: "Call candidates", explanation: "outgoing calls" },
  INBOUND: { label: "Receive calls", explanation: "incoming calls" },
  INBOUND_OUTBOUND: { label: "Both", explanation: "calls both ways" },
};

/** The first number that an agent can use, and the code that finds it. */
export function picker(state: State, actions: Actions) {
  const { pick, view } = state;
  const code = pickCode(pick.direction, view);
  return html`
    <div class="dialog-head">
      <h2 id="picker-heading">Pick a number for an agent</h2>
      <button type="button" class="quiet" aria-label="Close" @click=${actions.closePick}>${close}</button>
    </div>
    <fieldset class="segments">
      <legend>What should the agent do?</legend>
      ${(Object.keys(DIRECTIONS) as Direction[]).map(
        (direction) => html`
          <label>
            <input
              type="radio"
              name="direction"
              .checked=${direction === pick.direction}
              @change=${() => actions.pick(direction)}
            />
            <span>${DIRECTIONS[direction].label}</span>
          </label>
        `,
      )}
    </fieldset>
    <div class="result">${result(state, actions)}</div>
    <div class="code">
      <div class="code-head">
        <h3 id="code-heading">The code that does it</h3>
        ${copyButton({ shown: "Copy", text: code, hint: "the code" })}
      </div>
      <!-- biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too -->
      <pre tabindex="0" role="region" aria-labelledby="code-heading"><code>${code}</code></pre>
    </div>
  `;
}

function result(state: State, actions: Actions) {
  const { pick, view, activity, telephony } = state;
  const { outcome, direction } = pick;
  switch (outcome.type) {
    case "searching":
      return activity
        ? activityCountdown(activity)
        : html`<div class="placeholder" aria-hidden="true"></div><p class="visually-hidden">Searching…</p>`;
    case "found": {
      const { number, location, capabilities, numberType, id } = outcome.number;
      return html`
        <p class="found">${copyButton({ shown: telephony?.formatNumber(number) ?? number, text: number, hint: "copy" })}</p>
        <p>
          ${location ? html`<bdi>${location}</bdi> · ` : nothing}${formatCapability(capabilities)} ·
          ${formatConstant(numberType)}
        </p>
        <p class="as-id">
          <code>companyPhoneNumberId</code>
          ${copyButton({ shown: id, text: id, hint: "copy" })}
        </p>
      `;
    }
    case "none":
      return html`<p class="found">No available number supports ${DIRECTIONS[direction].explanation}.</p>`;
    case "failed": {
      if (needsCompany(view, outcome.error)) {
        return html`<div role="alert"><p class="found">${COMPANY_NEEDED.title}</p><p>${COMPANY_NEEDED.text}</p></div>`;
      }
      const { title, advice, retry } = errorMessage(outcome.error);
      return html`
        <div role="alert">
          <p class="found">${title}</p>
          <p>${advice}</p>
          <p class="details">${errorDetails(outcome.error)[0]}</p>
        </div>
        ${retry ? html`<button type="button" @click=${() => actions.pick(direction)}>Try again</button>` : nothing}
      `;
    }
  }
}
