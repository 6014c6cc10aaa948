import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type BrowserName, startBrowser } from "../browsers.ts";
import type { Result } from "./harness.ts";
import { SandboxServers, type Servers } from "./server.ts";

/** A page that runs rows, on an origin of its own. */
export interface RowPage {
  run(name: string): Promise<Result>;
  close(): Promise<void>;
}

/** What the page sends to its origin: which of the servers' methods it calls, with what. */
export interface ServersCall {
  method: keyof Servers;
  argument?: unknown;
}

/** What the page gets from its origin, whenever it has run a row and reports the result: the next row. */
export interface NextRow {
  name: string;
  engine: BrowserName;
}

/**
 * Opens the page in a browser. It talks with this process by requests to its own origin, which every browser can, and
 * which leave no trace in the servers of the rows.
 */
export async function openPage(engine: BrowserName): Promise<RowPage> {
  const script = await bundle();
  const servers = new SandboxServers();
  let report = nextReport();

  const answers: Record<string, (body: never) => unknown> = {
    "/": () => '<!doctype html><script src="/page.js"></script>',
    "/page.js": () => script,
    "/servers": ({ method, argument }: ServersCall) => servers[method](argument as never),
    "/rows": (result: Result | null) => new Promise<NextRow>((start) => report.resolve({ result, start })),
  };
  const host = createServer(async (request, response) => {
    const answer = answers[request.url ?? ""];
    if (!answer) return response.writeHead(404).end();
    const content = await answer(await readJson(request));
    response.setHeader("Content-Type", request.url === "/" ? "text/html; charset=utf-8" : "text/javascript");
    return response.end(request.method === "POST" ? JSON.stringify(content ?? null) : content);
  });
  // A connection that is closed between two rows could lose a request.
  host.keepAliveTimeout = 0;
  host.listen(0, "127.0.0.1");
  await once(host, "listening");
  const closeHost = () => {
    host.close();
    host.closeAllConnections();
  };

  const browser = await startBrowser[engine]().catch((error) => {
    closeHost();
    throw error;
  });
  await browser.open(`http://127.0.0.1:${(host.address() as AddressInfo).port}`);

  return {
    async run(name) {
      const { start } = await report.promise;
      report = nextReport();
      start({ name, engine });
      const { result } = await report.promise;
      if (!result) throw new Error("The page was loaded anew");
      return result;
    },
    async close() {
      await browser.close();
      await servers.close();
      closeHost();
    },
  };
}

/** What the page reports next; it waits until it can start a row. */
function nextReport() {
  let resolve!: (report: { result: Result | null; start: (row: NextRow) => void }) => void;
  const promise = new Promise<Parameters<typeof resolve>[0]>((resolver) => {
    resolve = resolver;
  });
  return { promise, resolve };
}

async function readJson(request: IncomingMessage): Promise<never> {
  const text = Buffer.concat(await request.toArray()).toString();
  return (text === "" ? undefined : JSON.parse(text)) as never;
}

/** The rows, the harness and the built package, as a script. */
async function bundle(): Promise<string> {
  const inRepository = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [inRepository("page.ts")],
    alias: { "instaview-phone-numbers": inRepository("../../pkg/index.js") },
    bundle: true,
    write: false,
    target: "es2022",
  });
  return outputFiles[0]?.text ?? "";
}
