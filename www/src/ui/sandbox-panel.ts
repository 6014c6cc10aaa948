import { html, nothing } from "lit-html";
import type { Actions, State } from "../state.ts";
import { choice } from "./choice.ts";

/** What a visitor can make the sandbox do, to watch the client cope. */
export function sandboxPanel({ switches, view }: State, actions: Actions) {
  if (!switches) return nothing;
  const { envelopes, behaviours, settings } = switches;
  return html`
    <h2>Sandbox</h2>
    <p>This page talks to a stand-in for InstaView. Make it misbehave, and watch how the client copes.</p>
    ${choice({
      id: "behaviour",
      label: "What the API does",
      choices: behaviours.map(({ name, label, group }) => ({ value: name, label, group })),
      chosen: settings.behaviour,
      choose: (behaviour) => actions.switchSandbox({ behaviour }),
    })}
    ${choice({
      id: "envelope",
      label: "Shape of its answers (envelope)",
      choices: envelopes.map((name) => ({ value: name, label: name })),
      chosen: settings.envelope,
      choose: (envelope) => actions.switchSandbox({ envelope }),
    })}
    <label class="check">
      <input
        type="checkbox"
        .checked=${view.consistency === "strict"}
        @change=${({ target }: Event) =>
          actions.show({ consistency: (target as HTMLInputElement).checked ? "strict" : "lenient" })}
      />
      <span>Stop when the numbers change while they are loaded</span>
    </label>
    <button type="button" @click=${actions.reload}>Load the numbers again</button>
  `;
}
