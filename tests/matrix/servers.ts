// The servers of the matrix, all on the loopback: one that takes reports, and those that serve pages.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

/** A server that is listening. */
export interface Host {
  readonly url: string;
  close(): void;
}

async function listen(listener: RequestListener): Promise<Host> {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What a fixture found, or what its call failed with. */
export type Report =
  | { total: number; ids: string[]; all: number }
  | { error: { type: string; message: string } };

/** Takes the reports of the fixtures, wherever they run. */
export interface Reports extends Host {
  /** The address to report to, and the report once it is there. */
  next(): { url: string; report: Promise<Report> };
}

export async function startReports(): Promise<Reports> {
  const awaited = new Map<string, (report: Report) => void>();
  const host = await listen(async (request, response) => {
    const body = (await request.toArray()).join("");
    response.setHeader("Access-Control-Allow-Origin", "*").end();
    if (request.method === "POST") awaited.get(request.url ?? "")?.(JSON.parse(body));
  });
  return {
    ...host,
    next() {
      const path = `/${awaited.size}`;
      const { promise, resolve } = withResolvers<Report>();
      awaited.set(path, resolve);
      return { url: host.url + path, report: promise };
    },
  };
}

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((resolver) => {
    resolve = resolver;
  });
  return { promise, resolve };
}

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/** Serves the files of a folder. */
export function serveFolder(folder: string, headers: Record<string, string> = {}): Promise<Host> {
  return listen(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = join(folder, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    const content = await readFile(path).catch(() => undefined);
    response.writeHead(content ? 200 : 404, {
      "Content-Type": types[extname(path)] ?? "text/plain",
      ...headers,
    });
    response.end(content);
  });
}
