import { html, nothing } from "lit-html";
import type { Actions, State } from "../state.ts";

/** What a visitor can make the sandbox do, to watch the client cope. */
export function sandboxPanel({ switches, view }: State, actions: Actions) {
  if (!switches) return nothing;
  const { envelopes, behaviours, settings } = switches;
  const groups = [...new Set(behaviours.map(({ group }) => group))];
  return html`
    <h2>Sandbox</h2>
    <p>This page talks to a stand-in for InstaView. Make it misbehave, and watch the client.</p>
    <label class="field">
      <span>What the API does</span>
      <select
        @change=${({ target }: Event) => actions.switchSandbox({ behaviour: (target as HTMLSelectElement).value })}
      >
        ${groups.map(
          (group) => html`<optgroup label=${group}>
            ${behaviours
              .filter((behaviour) => behaviour.group === group)
              .map(
                ({ name, label }) =>
                  html`<option value=${name} .selected=${name === settings.behaviour}>${label}</option>`,
              )}
          </optgroup>`,
        )}
      </select>
    </label>
    <label class="field">
      <span>Shape of its answers (envelope)</span>
      <select
        @change=${({ target }: Event) => actions.switchSandbox({ envelope: (target as HTMLSelectElement).value })}
      >
        ${envelopes.map((name) => html`<option .selected=${name === settings.envelope}>${name}</option>`)}
      </select>
    </label>
    <label class="check">
      <input
        type="checkbox"
        .checked=${view.consistency === "strict"}
        @change=${({ target }: Event) =>
          actions.show({ consistency: (target as HTMLInputElement).checked ? "strict" : "lenient" })}
      />
      <span>“Load all” stops when the listing changes</span>
    </label>
    <button type="button" @click=${actions.reload}>Load again</button>
  `;
}
