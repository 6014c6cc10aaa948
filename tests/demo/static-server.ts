import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

/** Serves a folder below a path, and beside its page the one call of the API: all that the static site needs. */
export async function serveStatic(options: {
  folder: string;
  path: string;
  apiBaseUrl: string;
  apiKey: string;
}) {
  const { folder, path, apiBaseUrl, apiKey } = options;
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === `${path}api/phone-numbers`) {
      const answer = await fetch(`${apiBaseUrl}/phone-numbers${search}`, {
        headers: { Authorization: `Bearer ${apiKey}` },
      });
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(await answer.text());
      return;
    }
    const file = normalize(pathname.slice(path.length)) === "." ? "index.html" : pathname.slice(path.length);
    try {
      const content = await readFile(join(folder, file));
      response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream");
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
