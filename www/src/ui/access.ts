import { html, nothing } from "lit-html";
import { isCompanyInvalid } from "../messages.ts";
import { type Actions, companyOf, type State } from "../state.ts";
import type { View } from "../view.ts";
import { choice } from "./choice.ts";

const OTHER = "other";
const EXAMPLE = "123e4567-e89b-12d3-a456-426614174000";

/** As whom to list: a company, or an ATS partner for one of its companies. */
export function access(state: State, actions: Actions) {
  const { config, view } = state;
  if (!config.ats) return nothing;
  return html`
    <fieldset class="segments">
      <legend class="visually-hidden">API key</legend>
      ${keyChoice("company", "Company key", view, actions)} ${keyChoice("ats", "ATS partner key", view, actions)}
    </fieldset>
    ${view.keyType === "ats" ? companyChoice(state, actions) : nothing}
  `;
}

function keyChoice(keyType: View["keyType"], label: string, view: View, actions: Actions) {
  return html`
    <label>
      <input
        type="radio"
        name="key"
        .checked=${view.keyType === keyType}
        @change=${() => actions.show({ keyType, company: "", page: 1 })}
      />
      <span>${label}</span>
    </label>
  `;
}

function companyChoice(state: State, actions: Actions) {
  const companies = state.config.ats?.companies ?? [];
  const { company } = state.view;
  const isOther = state.entersCompany || (company !== "" && companyOf(state) === undefined);
  const choose = (company: string) => {
    if (company === OTHER) actions.enterCompany();
    else actions.show({ company, page: 1 });
  };
  return html`
    ${
      companies.length > 0
        ? choice({
            id: "company",
            label: "Company",
            choices: [
              { value: "", label: "Choose…" },
              ...companies.map(({ id, name }) => ({ value: id, label: name })),
              { value: OTHER, label: "Another, by its ID" },
            ],
            chosen: isOther ? OTHER : company,
            choose,
            kind: "inline",
          })
        : nothing
    }
    ${companies.length === 0 || isOther ? companyInput(state, choose) : nothing}
  `;
}

/** The package checks the ID: what is no UUID is never sent. */
function companyInput({ view: { company }, listing }: State, choose: (company: string) => void) {
  const isInvalid = company !== "" && isCompanyInvalid(listing);
  return html`
    <form
      class="company-id"
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        choose(String(new FormData(event.currentTarget as HTMLFormElement).get("company")).trim());
      }}
    >
      <label class="field inline">
        <span>Company ID</span>
        <input
          name="company"
          placeholder="A UUID"
          required
          autocomplete="off"
          spellcheck="false"
          aria-invalid=${isInvalid}
          aria-describedby=${isInvalid ? "company-error" : nothing}
          .value=${company}
        />
      </label>
      <button>Show its numbers</button>
      ${isInvalid ? html`<p id="company-error" class="field-error">This is not a UUID, such as ${EXAMPLE}.</p>` : nothing}
    </form>
  `;
}
