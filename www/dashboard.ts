import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createServer, type ProxyOptions } from "vite";

const WWW = import.meta.dirname;
const REPOSITORY = join(WWW, "..");
const PACKAGE = join(REPOSITORY, "pkg");

/** How the dashboard starts. */
export interface DashboardOptions {
  /** Where the InstaView API is; its path is kept. */
  apiBaseUrl: string;
  /** Stays on this server: the page never sees it. */
  apiKey: string;
  /** Default 5173. The next free one where it is taken; any free one for 0. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
}

/** A running dashboard. */
export interface Dashboard {
  /** Such as `http://127.0.0.1:5173/`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the demo page, and the one API call that it makes. */
export async function startDashboard(options: DashboardOptions): Promise<Dashboard> {
  const { apiBaseUrl, apiKey, port = 5173, host = "127.0.0.1" } = options;
  const server = await createServer({
    configFile: false,
    root: WWW,
    cacheDir: join(REPOSITORY, "node_modules/.vite"),
    // No fallback to the page: an unknown address is a 404.
    appType: "mpa",
    logLevel: "silent",
    resolve: { alias: { "instaview-phone-numbers": join(PACKAGE, "index.js") } },
    // There is nothing to optimise, and looking for it could reload the page.
    optimizeDeps: { noDiscovery: true },
    server: {
      port,
      host,
      cors: false,
      // The page stays as it is until it is reloaded, also while the package is built anew.
      hmr: false,
      fs: { allow: [WWW, PACKAGE] },
      proxy: { "/api": phoneNumbersProxy(apiBaseUrl, apiKey) },
    },
  });
  await server.listen();

  const address = server.httpServer?.address() as AddressInfo;
  return {
    url: `http://${host}:${address.port}/`,
    close: () => server.close(),
  };
}

/** Passes on `GET /api/phone-numbers`, and nothing else, with the key. */
function phoneNumbersProxy(apiBaseUrl: string, apiKey: string): ProxyOptions {
  return {
    target: apiBaseUrl,
    changeOrigin: true,
    bypass: ({ method, url = "" }) =>
      method === "GET" && /^\/api\/phone-numbers(\?|$)/.test(url) ? undefined : false,
    rewrite: (url) => url.slice("/api".length),
    configure: (proxy) => {
      proxy.on("proxyReq", (request) => {
        request.removeHeader("cookie");
        request.setHeader("authorization", `Bearer ${apiKey}`);
      });
      proxy.on("proxyRes", (answer, _, response) => {
        keepFromOtherOrigins(answer);
        // Or the page would wait for the rest of an answer that has broken off.
        answer.once("error", () => response.destroy());
      });
    },
  };
}

/** An API may let every web page read its answers: safe as long as the page needs a key, which it doesn't here. */
function keepFromOtherOrigins({ headers }: IncomingMessage) {
  for (const name of Object.keys(headers)) {
    if (name.startsWith("access-control-")) delete headers[name];
  }
}
