import { html } from "lit-html";

/** One of the values to choose from. */
export interface Choice {
  value: string;
  label: string;
  /** Those of a group stand together, below its name. */
  group?: string;
}

/** A labelled list of values, of which one is chosen. */
export function choice(options: {
  id: string;
  label: string;
  choices: readonly Choice[];
  chosen: string;
  choose: (value: string) => void;
  kind?: "inline" | "sort-choice";
}) {
  const { id, label, choices, chosen, choose, kind = "" } = options;
  const groups = new Set(choices.map(({ group }) => group));
  return html`
    <div class="field ${kind}">
      <label for=${id}>${label}</label>
      <select id=${id} @change=${({ target }: Event) => choose((target as HTMLSelectElement).value)}>
        ${[...groups].map((group) => {
          const members = choices
            .filter((candidate) => candidate.group === group)
            .map(
              ({ value, label }) =>
                html`<option value=${value} .selected=${value === chosen}>${label}</option>`,
            );
          return group === undefined ? members : html`<optgroup label=${group}>${members}</optgroup>`;
        })}
      </select>
    </div>
  `;
}
