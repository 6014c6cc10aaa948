import { nothing, render } from "lit-html";
import { formatCount } from "./format/words.ts";
import type { Actions, State } from "./state.ts";
import { access } from "./ui/access.ts";
import { content } from "./ui/content.ts";
import { byId } from "./ui/dom.ts";
import { inventory } from "./ui/inventory.ts";
import { pageCount, pager } from "./ui/pager.ts";
import { picker } from "./ui/picker.ts";
import { activity, rateLimit } from "./ui/rate-limit.ts";
import { requestLog } from "./ui/request-log.ts";
import { sandboxPanel } from "./ui/sandbox-panel.ts";
import { toolbar } from "./ui/toolbar.ts";

const main = document.querySelector("main") as HTMLElement;
const openLog = byId("open-log", HTMLButtonElement);
const openPicker = byId("open-picker", HTMLButtonElement);
const dialog = byId("picker", HTMLDialogElement);
const drawer = byId("drawer", HTMLElement);
const regions = {
  total: byId("total", HTMLElement),
  access: byId("access", HTMLElement),
  rateLimit: byId("rate-limit", HTMLElement),
  inventory: byId("inventory", HTMLElement),
  toolbar: byId("toolbar", HTMLElement),
  activity: byId("activity", HTMLElement),
  content: byId("content", HTMLElement),
  pager: byId("pager", HTMLElement),
  sandbox: byId("sandbox", HTMLElement),
  log: byId("log", HTMLElement),
};

/** Makes what is in the page's HTML act. */
export function connect(actions: Actions) {
  openLog.addEventListener("click", actions.toggleLog);
  openPicker.addEventListener("click", () => {
    dialog.showModal();
    actions.pick("OUTBOUND");
  });
  dialog.addEventListener("close", actions.closePick);
  // Outside of what is in it, the dialog is only its backdrop.
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });
  drawer.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") actions.toggleLog();
  });
}

/** Shows a state. */
export function renderState(state: State, actions: Actions) {
  const { listing, log, pick } = state;
  keepFocus(() => {
    render(listing.total === undefined ? nothing : formatCount(listing.total, "number"), regions.total);
    render(access(state, actions), regions.access);
    render(inventory(state, actions), regions.inventory);
    render(toolbar(state, actions), regions.toolbar);
    render(pager(state, actions), regions.pager);
    // Without a number, there is nothing to count or to search: what matters then is why.
    const isEmpty = listing.numbers.length === 0 && listing.status !== "loading";
    regions.inventory.hidden = isEmpty && state.view.scope === "page";
    regions.toolbar.hidden = isEmpty;
    regions.pager.hidden = pageCount(state) === 0 || listing.status === "failed";
    renderClock(state, actions);
  });

  openLog.textContent = state.config.sandbox ? "Sandbox and log" : "Request log";
  openLog.ariaExpanded = String(log.open);
  if (drawer.contains(document.activeElement) && !log.open) openLog.focus();
  drawer.hidden = !log.open;
  document.body.classList.toggle("has-drawer", log.open);
  if (log.open) {
    render(sandboxPanel(state, actions), regions.sandbox);
    regions.sandbox.hidden = !state.switches;
    render(requestLog(state, actions), regions.log);
  }

  if (!pick.open && dialog.open) dialog.close();
  main.hidden = false;
}

/** Shows what changes with time: countdowns, and how long ago something was. */
export function renderClock(state: State, actions: Actions) {
  render(rateLimit(state), regions.rateLimit);
  // A dialog would hide it, and tells of it itself.
  render(state.pick.open ? nothing : activity(state, actions), regions.activity);
  if (state.pick.open) render(picker(state, actions), dialog);
  render(content(state, actions), regions.content);
}

/** Where what was just used goes away, the keyboard goes on from the content. */
function keepFocus(update: () => void) {
  const before = document.activeElement;
  update();
  if (before && before !== document.body && before.getClientRects().length === 0) regions.content.focus();
}
