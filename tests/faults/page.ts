// Runs rows in a browser page. The servers are in the Node process that serves it.
import { type Result, runRow } from "./harness.ts";
import type { NextRow, ServersCall } from "./row-page.ts";
import type { Servers } from "./server.ts";
import { rowNamed } from "./table.ts";

/** Sends to the page's own origin. */
async function send(path: string, body: unknown) {
  const response = await fetch(path, { method: "POST", body: JSON.stringify(body) });
  return response.json();
}

const servers = new Proxy({} as Servers, {
  get: (_, method: keyof Servers) => (argument: unknown) =>
    send("/servers", { method, argument } satisfies ServersCall),
});

function onUnhandledRejection(listener: (reason: unknown) => void) {
  const onEvent = ({ reason }: PromiseRejectionEvent) => listener(reason);
  addEventListener("unhandledrejection", onEvent);
  return () => removeEventListener("unhandledrejection", onEvent);
}

async function runRows() {
  for (let result: Result | null = null; ; ) {
    const { name, engine }: NextRow = await send("/rows", result);
    result = await runRow(rowNamed(name), { engine, servers, onUnhandledRejection });
  }
}

void runRows();
