import { InstaViewClient, isInstaViewError } from "instaview-phone-numbers";
import { updateContent } from "./content.ts";
import { connectControls, updateControls } from "./controls.ts";
import { type Actions, readView, type State, type View, viewQuery } from "./state.ts";

// A person would rather be told of a long wait than watch one.
const client = new InstaViewClient({ baseUrl: "/api", maxRateLimitWait: 5_000 });

const state: State = {
  view: readView(location.search),
  outcome: { type: "loading" },
  total: undefined,
  pageCount: undefined,
};
let loading = new AbortController();

const actions: Actions = {
  show(change) {
    const view = { ...state.view, ...change };
    history.pushState(null, "", viewQuery(view));
    changeView(view);
  },
  retry: load,
};

connectControls(state, actions);
addEventListener("popstate", () => changeView(readView(location.search)));
load();

function changeView(view: View) {
  const { page, limit } = state.view;
  state.view = view;
  if (view.limit !== limit) state.pageCount = undefined;
  if (view.page !== page || view.limit !== limit) load();
  else update();
}

/** Loads the page of the view. Whatever was loading is given up, and its answer never shown. */
async function load() {
  loading.abort();
  loading = new AbortController();
  const { signal } = loading;
  const { page, limit } = state.view;

  state.outcome = { type: "loading" };
  update();
  try {
    const answer = await client.listPhoneNumbers({ page, limit }, { signal });
    signal.throwIfAborted();
    state.outcome = { type: "loaded", page: answer };
    state.total = answer.total;
    state.pageCount = answer.totalPages;
  } catch (error) {
    if (signal.aborted) return;
    if (!isInstaViewError(error)) throw error;
    state.outcome = { type: "failed", error };
  }
  update();
}

function update() {
  updateControls(state);
  updateContent(state, actions);
}
