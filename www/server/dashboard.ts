import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createServer, type Plugin } from "vite";
import type { Sandbox } from "../sandbox/index.ts";
import type { Company, PageConfig } from "../src/config.ts";
import { commonConfig, PACKAGE, REPOSITORY, WWW } from "../vite.ts";
import { phoneNumbersProxy } from "./proxy.ts";
import { sandboxSwitches } from "./sandbox-switches.ts";

/** How the dashboard starts. */
export interface DashboardOptions {
  /** Where the InstaView API is; its path is kept. */
  apiBaseUrl: string;
  /** A company key. Stays on this server: the page never sees it. */
  apiKey: string;
  /** An ATS partner key, which stays here as well. Without one, the page offers no choice of companies. */
  ats?: { apiKey: string; companies: Company[] };
  /** Where this is the API, the page can switch what it does. */
  sandbox?: Sandbox;
  /** Default 5173. The next free one where it is taken; any free one for 0. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
}

/** What the page is made of, besides the package. */
const LIBRARIES = ["lit-html", "libphonenumber-js"];

/** A running dashboard. */
export interface Dashboard {
  /** Such as `http://127.0.0.1:5173/`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the demo page, and the API call that it makes: with the company's key, or with that of an ATS partner. */
export async function startDashboard(options: DashboardOptions): Promise<Dashboard> {
  const { apiBaseUrl, apiKey, ats, port = 5173, host = "127.0.0.1" } = options;
  const server = await createServer({
    ...commonConfig,
    cacheDir: join(REPOSITORY, "node_modules/.vite"),
    // No fallback to the page: an unknown address is a 404.
    appType: "mpa",
    logLevel: "silent",
    plugins: [pageServices(options), withoutViteClient],
    // There is nothing to optimise, and looking for it could reload the page.
    optimizeDeps: { noDiscovery: true },
    server: {
      port,
      host,
      cors: false,
      // The page stays as it is until it is reloaded, also while the package is built anew.
      hmr: false,
      ws: false,
      headers: {
        // What a page cannot say of itself; the rest is in index.html.
        "Content-Security-Policy": "frame-ancestors 'none'",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
      },
      fs: { allow: [WWW, PACKAGE, ...LIBRARIES.map((name) => join(REPOSITORY, "node_modules", name))] },
      proxy: {
        ...(ats && { "/api/ats": phoneNumbersProxy("/api/ats", apiBaseUrl, ats.apiKey) }),
        "/api": phoneNumbersProxy("/api", apiBaseUrl, apiKey),
      },
    },
  });
  await server.listen();

  const address = server.httpServer?.address() as AddressInfo;
  return {
    url: `http://${host}:${address.port}/`,
    close: () => server.close(),
  };
}

/** Vite's script for reloading would look for a connection that this server does not offer, and report that there is none. */
const withoutViteClient: Plugin = {
  name: "without-vite-client",
  transformIndexHtml: {
    order: "post",
    handler: (html) => html.replace(/<script type="module" src="\/@vite\/client"><\/script>\n?/, ""),
  },
};

/** What this server offers to the page beside the API: its configuration, and the switches of the sandbox. */
const pageServices = ({ ats, sandbox }: DashboardOptions): Plugin => ({
  name: "page-services",
  configureServer: ({ middlewares }) => {
    const config: PageConfig = {
      ...(ats && { ats: { companies: ats.companies } }),
      sandbox: Boolean(sandbox),
    };
    middlewares.use("/config.json", (_, response) => {
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify(config));
    });
    if (sandbox) middlewares.use("/sandbox-switches", sandboxSwitches(sandbox));
  },
});
