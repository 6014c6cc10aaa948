import { type ClientEvent, isInstaViewError } from "instaview-phone-numbers";
import { activityAfter } from "./activity.ts";
import { describeListing } from "./announcements.ts";
import { createClients } from "./clients.ts";
import { loadConfig } from "./config.ts";
import type { Telephony } from "./entry.ts";
import { numbersToExport, saveCsv } from "./exporting.ts";
import { companyParams, loadListing, NOTHING_LOADED } from "./loading.ts";
import { pickCriteria } from "./pick-code.ts";
import { connect, renderClock, renderState } from "./render.ts";
import { changeSettings, loadSwitches } from "./sandbox/switches.ts";
import { createSelector } from "./selection.ts";
import type { Actions, Direction, Export, Listing, State } from "./state.ts";
import { applyTheme, readTheme } from "./theme.ts";
import { announce } from "./ui/dom.ts";
import { isNarrowed, readView, type View, viewQuery } from "./view.ts";

/** Older lines of the log are dropped. */
const LOG_LENGTH = 500;
/** Milliseconds that the first picture of the page waits for its configuration, so that nothing moves. */
const CONFIG_PATIENCE = 500;

const clients = createClients(handleEvent);
const select = createSelector();
const firstView = readView(location.search);

const state: State = {
  config: { sandbox: false },
  view: firstView,
  entersCompany: false,
  listing: NOTHING_LOADED,
  selection: select([], firstView),
  heardAt: Date.now(),
  pick: { open: false, direction: "OUTBOUND", outcome: { type: "searching" } },
  panels: { filters: false, overview: false },
  log: { open: false, entries: [] },
  theme: readTheme(),
};
let loading = new AbortController();
let picking = new AbortController();
let exporting = new AbortController();

const actions: Actions = {
  show(change, { replace } = { replace: false }) {
    const view = { ...state.view, ...change };
    const address = viewQuery(view) || location.pathname;
    if ("company" in change) state.entersCompany = false;
    if (replace) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    changeView(view);
  },
  reload: () => void load({ ...NOTHING_LOADED, total: state.listing.total }),
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
  openExport() {
    const extent = isNarrowed(state.view) ? "shown" : "all";
    state.export = { extent, outcome: { type: "choosing" } };
    update();
  },
  chooseExport(extent) {
    state.export = { extent, outcome: { type: "choosing" } };
    update();
  },
  runExport: () => void runExport(),
  closeExport() {
    exporting.abort();
    state.export = undefined;
    endActivity();
    update();
  },
  showDetails(number) {
    state.details = number;
    update();
  },
  toggle(panel) {
    state.panels = { ...state.panels, [panel]: !state.panels[panel] };
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
    actions.reload();
  },
  chooseTheme(theme) {
    state.theme = theme;
    applyTheme(theme);
    update();
  },
};

function changeView(view: View) {
  const { view: before, listing } = state;
  const isSame = (...names: (keyof View)[]) => names.every((name) => view[name] === before[name]);
  state.view = view;
  if (!isSame("keyType", "company")) {
    state.entersCompany = false;
    void load(NOTHING_LOADED);
    // What was found belongs to the company before.
    if (state.pick.open) void pick(state.pick.direction);
  } else if (!isSame("scope", "consistency")) {
    actions.reload();
  } else if (!isSame("page", "limit") && (listing.extent === "page" || listing.entries.length === 0)) {
    void load(listing);
  } else {
    update({ isNews: true });
  }
}

/** Loads what the view asks for, beside what is known. Whatever was loading is given up. */
async function load(known: Listing) {
  loading.abort();
  const current = new AbortController();
  loading = current;
  state.change = undefined;
  state.activity = undefined;
  state.heardAt = Date.now();
  for await (const listing of loadListing(client(), state.view, known, loadTelephony, current.signal)) {
    if (loading !== current) return;
    state.listing = listing;
    const { error } = listing;
    if (error?.type === "rate_limit") state.pausedUntil = Date.now() + (error.retryAfter ?? 0);
    endActivity();
    state.rateLimit = client().rateLimit;
    update({ isNews: true });
  }
}

let telephony: Promise<Telephony | undefined> | undefined;

/** The page does without it, where it cannot be loaded, and tries again with the next numbers. */
function loadTelephony(): Promise<Telephony | undefined> {
  telephony ??= import("./telephony.ts").then(
    (loaded) => {
      state.telephony = loaded;
      return loaded;
    },
    () => {
      telephony = undefined;
      return undefined;
    },
  );
  return telephony;
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

async function runExport() {
  exporting.abort();
  const current = new AbortController();
  exporting = current;
  const { extent } = state.export ?? { extent: "all" };
  const show = (outcome: Export["outcome"]) => {
    if (current.signal.aborted) return;
    state.export = { extent, outcome };
    endActivity();
    update();
  };
  show({ type: "loading", count: 0 });
  try {
    let exported: Parameters<typeof saveCsv>[0] = [];
    for await (const { numbers, total } of numbersToExport(state, client(), current.signal)) {
      exported = numbers;
      show({ type: "loading", count: numbers.length, total });
    }
    saveCsv(exported);
    show({ type: "done", count: exported.length });
  } catch (error) {
    if (current.signal.aborted) return;
    if (!isInstaViewError(error)) throw error;
    show({ type: "failed", error });
  }
}

/** Once nothing is asked for, nothing waits. */
function endActivity() {
  const { listing, pick, export: current } = state;
  const picks = pick.open && pick.outcome.type === "searching";
  const exports = current?.outcome.type === "loading";
  if (listing.status !== "loading" && !picks && !exports) state.activity = undefined;
}

function client() {
  return clients[state.view.keyType];
}

function handleEvent(event: ClientEvent) {
  const now = Date.now();
  state.heardAt = now;
  state.log = { ...state.log, entries: [...state.log.entries, { time: now, event }].slice(-LOG_LENGTH) };
  state.activity = activityAfter(event, state.activity, now);
  if (event.type === "listingChanged") state.change = event;
  if (event.type === "retry" && event.reason === "rate_limit") state.pausedUntil = now + event.delay;
  if (event.type === "response") {
    if (event.rateLimit) state.rateLimit = event.rateLimit;
    if (event.status !== 429) state.pausedUntil = undefined;
  }
  update();
}

let isReady = false;
let isScheduled = false;
let hasNews = false;

/** Shows the state with the next frame, however often it changes until then; and tells of it, where that is news. */
function update({ isNews } = { isNews: false }) {
  hasNews ||= isNews;
  if (!isReady || isScheduled) return;
  isScheduled = true;
  requestAnimationFrame(() => {
    isScheduled = false;
    state.selection = select(state.listing.entries, state.view);
    renderState(state, actions);
    if (hasNews) announce(describeListing(state));
    hasNews = false;
  });
}

connect(actions);
addEventListener("popstate", () => changeView(readView(location.search)));
setInterval(() => {
  if (isReady && !isScheduled && !document.hidden) renderClock(state, actions);
}, 1_000);

void load(NOTHING_LOADED);
const config = loadConfig();
await Promise.race([config, new Promise((resolve) => setTimeout(resolve, CONFIG_PATIENCE))]);
isReady = true;
update();
state.config = await config;
update();
if (state.config.sandbox) {
  state.switches = await loadSwitches();
  update();
}
