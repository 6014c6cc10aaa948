import { type ClientEvent, isInstaViewError } from "instaview-phone-numbers";
import { activityAfter } from "./activity.ts";
import { describeListing } from "./announcements.ts";
import { createClients } from "./clients.ts";
import { loadConfig } from "./config.ts";
import { companyParams, loadListing } from "./loading.ts";
import { pickCriteria } from "./pick-code.ts";
import { connect, renderClock, renderState } from "./render.ts";
import { changeSettings, loadSwitches } from "./sandbox/switches.ts";
import { select } from "./selection.ts";
import type { Actions, Direction, State } from "./state.ts";
import { announce } from "./ui/dom.ts";
import { readView, type View, viewQuery } from "./view.ts";

/** Older lines of the log are dropped. */
const LOG_LENGTH = 500;

const clients = createClients(handleEvent);

const state: State = {
  config: { sandbox: false },
  view: readView(location.search),
  entersCompany: false,
  listing: { status: "loading", numbers: [] },
  selected: [],
  pick: { open: false, direction: "OUTBOUND", outcome: { type: "searching" } },
  log: { open: false, entries: [] },
};
let loading = new AbortController();
let picking = new AbortController();
let isReady = false;

const actions: Actions = {
  show(change, { replace } = { replace: false }) {
    const view = { ...state.view, ...change };
    const address = viewQuery(view) || location.pathname;
    if ("company" in change) state.entersCompany = false;
    if (replace) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    changeView(view);
  },
  reload: () => void load(),
  cancel: () => loading.abort(),
  enterCompany() {
    state.entersCompany = true;
    update();
  },
  pick: (direction) => void pick(direction),
  closePick() {
    picking.abort();
    state.pick = { ...state.pick, open: false };
    endActivity();
    update();
  },
  toggleLog() {
    state.log = { ...state.log, open: !state.log.open };
    update();
  },
  clearLog() {
    state.log = { ...state.log, entries: [] };
    update();
  },
  async switchSandbox(change) {
    if (!state.switches) return;
    const settings = { ...state.switches.settings, ...change };
    // At once: the next switch may come before the answer.
    state.switches = { ...state.switches, settings };
    await changeSettings(settings);
    void load();
  },
};

function changeView(view: View) {
  const isSame = requestOf(view) === requestOf(state.view);
  const isSameCompany = view.keyType === state.view.keyType && view.company === state.view.company;
  if (!isSameCompany) {
    state.entersCompany = false;
    state.listing = { status: "loading", numbers: [] };
  }
  if (view.limit !== state.view.limit) state.listing = { ...state.listing, pageCount: undefined };
  state.view = view;
  // What was found belongs to the company before.
  if (!isSameCompany && state.pick.open) void pick(state.pick.direction);
  if (!isSame) {
    void load();
    return;
  }
  update();
  announce(describeListing(state));
}

/** What of a view the API is asked for. The rest is about what is loaded. */
function requestOf({ keyType, company, scope, page, limit }: View): string {
  return JSON.stringify([keyType, company, scope, ...(scope === "page" ? [page, limit] : [])]);
}

/** Loads what the view asks for. Whatever was loading is given up. */
async function load() {
  loading.abort();
  const current = new AbortController();
  loading = current;
  state.change = undefined;
  state.activity = undefined;
  const { total, pageCount } = state.listing;
  for await (const listing of loadListing(client(), state.view, { total, pageCount }, current.signal)) {
    if (loading !== current) return;
    state.listing = listing;
    endActivity();
    state.rateLimit = client().rateLimit;
    update();
    announce(describeListing(state));
  }
}

async function pick(direction: Direction) {
  picking.abort();
  const current = new AbortController();
  picking = current;
  const show = (outcome: State["pick"]["outcome"]) => {
    if (current.signal.aborted) return;
    state.pick = { open: true, direction, outcome };
    endActivity();
    state.rateLimit = client().rateLimit;
    update();
  };
  show({ type: "searching" });
  try {
    const criteria = pickCriteria(direction);
    const number = await client().findPhoneNumber(criteria, companyParams(state.view), {
      signal: current.signal,
    });
    show(number ? { type: "found", number } : { type: "none" });
    announce(number ? `Found ${number.number}` : "No number found");
  } catch (error) {
    if (current.signal.aborted) return;
    if (!isInstaViewError(error)) throw error;
    show({ type: "failed", error });
  }
}

/** Once nothing is asked for, nothing waits. */
function endActivity() {
  const { listing, pick } = state;
  const picks = pick.open && pick.outcome.type === "searching";
  if (listing.status !== "loading" && !picks) state.activity = undefined;
}

function client() {
  return clients[state.view.keyType];
}

function handleEvent(event: ClientEvent) {
  const now = Date.now();
  state.log = { ...state.log, entries: [...state.log.entries, { time: now, event }].slice(-LOG_LENGTH) };
  state.activity = activityAfter(event, state.activity, now);
  if (event.type === "listingChanged") state.change = event;
  if (event.type === "response" && event.rateLimit) state.rateLimit = event.rateLimit;
  update();
}

function update() {
  state.selected = select(state.listing.numbers, state.view);
  if (isReady) renderState(state, actions);
}

connect(actions);
addEventListener("popstate", () => changeView(readView(location.search)));
setInterval(() => {
  if (isReady && !document.hidden) renderClock(state, actions);
}, 1_000);

void load();
state.config = await loadConfig();
isReady = true;
update();
if (state.config.sandbox) {
  state.switches = await loadSwitches();
  update();
}
