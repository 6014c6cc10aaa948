// Runs rows in a browser page. The servers are in the Node process that drives it.
import { type Result, runRow } from "./harness.ts";
import type { Servers } from "./server.ts";
import { rowNamed } from "./table.ts";

/** What Node gives the page, and the page gives Node. */
interface Bridge {
  servers(method: keyof Servers, argument?: unknown): Promise<unknown>;
  runRow(name: string): Promise<Result>;
}

const bridge = globalThis as unknown as Bridge;
const servers = new Proxy({} as Servers, {
  get: (_, method: keyof Servers) => (argument: unknown) => bridge.servers(method, argument),
});

bridge.runRow = (name) =>
  runRow(rowNamed(name), {
    isBrowser: true,
    servers,
    onUnhandledRejection(listener) {
      const onEvent = ({ reason }: PromiseRejectionEvent) => listener(reason);
      addEventListener("unhandledrejection", onEvent);
      return () => removeEventListener("unhandledrejection", onEvent);
    },
  });
