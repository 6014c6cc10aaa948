import { byId } from "./dom.ts";
import { formatCapability } from "./format.ts";
import { type Actions, CAPABILITY_FILTERS, PAGE_SIZES, type State } from "./state.ts";

const capability = byId("capability", HTMLSelectElement);
const limit = byId("limit", HTMLSelectElement);
const pager = byId("pager", HTMLElement);
const previous = byId("previous", HTMLButtonElement);
const position = byId("position", HTMLElement);
const next = byId("next", HTMLButtonElement);

/** Fills the controls, and makes them act. */
export function connectControls(state: State, actions: Actions) {
  for (const filter of CAPABILITY_FILTERS) capability.add(new Option(formatCapability(filter), filter));
  for (const size of PAGE_SIZES) limit.add(new Option(String(size)));

  capability.addEventListener("change", () => actions.show({ capability: capability.value }));
  limit.addEventListener("change", () => {
    const { view } = state;
    const newLimit = Number(limit.value);
    const numbersBefore = (view.page - 1) * view.limit;
    actions.show({ limit: newLimit, page: Math.floor(numbersBefore / newLimit) + 1 });
  });
  previous.addEventListener("click", () => {
    if (hasPrevious(state)) turnTo(state.view.page - 1);
  });
  next.addEventListener("click", () => {
    if (hasNext(state)) turnTo(state.view.page + 1);
  });

  function turnTo(page: number) {
    scrollTo({ top: 0 });
    actions.show({ page });
  }
}

export function updateControls(state: State) {
  const { view, pageCount } = state;
  capability.value = view.capability;
  limit.value = String(view.limit);
  pager.hidden = pageCount === 0;
  position.textContent = pagePosition(state);
  // Not `disabled`, which would take the keyboard's focus away on the last page.
  previous.ariaDisabled = String(!hasPrevious(state));
  next.ariaDisabled = String(!hasNext(state));
}

/** `Page 2 of 12`, as far as it is known. */
export function pagePosition({ view, pageCount }: State): string {
  return pageCount === undefined ? `Page ${view.page}` : `Page ${view.page} of ${pageCount}`;
}

function hasPrevious({ view }: State): boolean {
  return view.page > 1;
}

function hasNext({ view, pageCount }: State): boolean {
  return pageCount !== undefined && view.page < pageCount;
}
