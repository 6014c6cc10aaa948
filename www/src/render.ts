import { nothing, render } from "lit-html";
import { formatCount } from "./format/words.ts";
import { type Actions, type State, totalOf } from "./state.ts";
import { access } from "./ui/access.ts";
import { content } from "./ui/content.ts";
import { details } from "./ui/details.ts";
import { byId } from "./ui/dom.ts";
import { exportDialog } from "./ui/export.ts";
import { overview } from "./ui/overview.ts";
import { hasPages, pager } from "./ui/pager.ts";
import { picker } from "./ui/picker.ts";
import { activity, lowRateLimit, rateLimit } from "./ui/rate-limit.ts";
import { requestLog } from "./ui/request-log.ts";
import { sandboxPanel } from "./ui/sandbox-panel.ts";
import { summary } from "./ui/summary.ts";
import { themeChoice } from "./ui/theme.ts";
import { toolbar } from "./ui/toolbar.ts";

const openLog = byId("open-log", HTMLButtonElement);
const drawer = byId("drawer", HTMLElement);
const dialogs = {
  picker: byId("picker", HTMLDialogElement),
  details: byId("details", HTMLDialogElement),
  export: byId("export", HTMLDialogElement),
};
const regions = {
  total: byId("total", HTMLElement),
  access: byId("access", HTMLElement),
  toolbar: byId("toolbar", HTMLElement),
  lowRateLimit: byId("low-rate-limit", HTMLElement),
  activity: byId("activity", HTMLElement),
  summary: byId("summary", HTMLElement),
  content: byId("content", HTMLElement),
  pager: byId("pager", HTMLElement),
  overview: byId("overview", HTMLElement),
  footer: byId("footer", HTMLElement),
  sandbox: byId("sandbox", HTMLElement),
  rateLimit: byId("rate-limit", HTMLElement),
  log: byId("log", HTMLElement),
};

/** Makes what is in the page's HTML act. */
export function connect(actions: Actions) {
  openLog.addEventListener("click", actions.toggleLog);
  byId("open-picker", HTMLButtonElement).addEventListener("click", () => actions.pick("OUTBOUND"));
  dialogs.picker.addEventListener("close", actions.closePick);
  dialogs.details.addEventListener("close", () => actions.showDetails(undefined));
  dialogs.export.addEventListener("close", actions.closeExport);
  for (const dialog of Object.values(dialogs)) {
    // Outside of what is in it, the dialog is only its backdrop.
    dialog.addEventListener("click", ({ target }) => {
      if (target === dialog) dialog.close();
    });
  }
  drawer.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") actions.toggleLog();
  });
}

/** Shows a state. */
export function renderState(state: State, actions: Actions) {
  const { listing, log, pick } = state;
  keepFocus(() => {
    const total = totalOf(state);
    render(total === undefined ? nothing : formatCount(total, "number"), regions.total);
    render(access(state, actions), regions.access);
    render(toolbar(state, actions), regions.toolbar);
    render(summary(state, actions), regions.summary);
    render(overview(state, actions), regions.overview);
    render(pager(state, actions), regions.pager);
    render(themeChoice(state, actions), regions.footer);
    // Without a number, there is nothing to count or to search: what matters then is why.
    const isEmpty = listing.entries.length === 0 && listing.extent === "all" && listing.status !== "loading";
    regions.toolbar.hidden = isEmpty;
    regions.overview.hidden = isEmpty;
    regions.overview.toggleAttribute("data-open", state.panels.overview);
    regions.summary.hidden = isEmpty;
    regions.pager.hidden = !hasPages(state) || (isEmpty && listing.status === "failed");
    renderClock(state, actions);
  });

  showDialog(dialogs.picker, pick.open);
  showDialog(dialogs.details, state.details !== undefined);
  showDialog(dialogs.export, state.export !== undefined);
  if (state.details) render(details(state, actions), dialogs.details);
  if (state.export) render(exportDialog(state, actions), dialogs.export);
  showDrawer(state, actions, log.open);
  document.body.classList.remove("starting");
}

/** Shows what changes with time: countdowns, and how long ago something was. */
export function renderClock(state: State, actions: Actions) {
  render(lowRateLimit(state), regions.lowRateLimit);
  // A dialog would hide it, and tells of it itself.
  render(state.pick.open ? nothing : activity(state, actions), regions.activity);
  if (state.pick.open) render(picker(state, actions), dialogs.picker);
  if (state.log.open) render(rateLimit(state), regions.rateLimit);
  render(content(state, actions), regions.content);
}

function showDialog(dialog: HTMLDialogElement, isOpen: boolean) {
  if (isOpen && !dialog.open) dialog.showModal();
  if (!isOpen && dialog.open) dialog.close();
}

function showDrawer(state: State, actions: Actions, isOpen: boolean) {
  openLog.textContent = state.config.sandbox ? "Sandbox and log" : "Request log";
  openLog.ariaExpanded = String(isOpen);
  const wasOpen = !drawer.hidden;
  if (drawer.contains(document.activeElement) && !isOpen) openLog.focus();
  drawer.hidden = !isOpen;
  document.body.classList.toggle("has-drawer", isOpen);
  if (!isOpen) return;
  render(sandboxPanel(state, actions), regions.sandbox);
  regions.sandbox.hidden = !state.switches;
  render(requestLog(state, actions), regions.log);
  if (!wasOpen) byId("log-heading", HTMLElement).focus();
}

/** Where what was just used goes away, the keyboard goes on from the content, and nothing moves. */
function keepFocus(update: () => void) {
  const before = document.activeElement;
  update();
  // Not by what is laid out, which takes longer than everything else here.
  if (before && (!before.isConnected || before.closest("[hidden]"))) {
    regions.content.focus({ preventScroll: true });
  }
}
