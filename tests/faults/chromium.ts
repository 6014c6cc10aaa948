import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { build } from "esbuild";
import { chromiumArgs, findChromium } from "../chromium.mjs";
import type { Result } from "./harness.ts";
import { SandboxServers, type Servers } from "./server.ts";

/** A page that runs rows, on an origin of its own. */
export interface RowPage {
  run(name: string): Promise<Result>;
  close(): Promise<void>;
}

export async function openPage(): Promise<RowPage> {
  const script = await bundle();
  const host = createServer((request, response) => {
    const isScript = request.url === "/page.js";
    response.setHeader("Content-Type", isScript ? "text/javascript" : "text/html; charset=utf-8");
    response.end(isScript ? script : '<!doctype html><script src="/page.js"></script>');
  });
  host.listen(0, "127.0.0.1");
  await once(host, "listening");

  const executablePath = process.env.CHROMIUM_PATH ?? findChromium();
  // The https server's certificate is its own.
  const args = [...chromiumArgs, "--ignore-certificate-errors"];
  const browser = await chromium.launch({ args, ...(executablePath && { executablePath }) });
  const page = await browser.newPage();
  const servers = new SandboxServers();
  await page.exposeFunction("servers", (method: keyof Servers, argument: never) => servers[method](argument));
  await page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}`);

  return {
    run: (name) =>
      page.evaluate((name) => (globalThis as unknown as { runRow: RowPage["run"] }).runRow(name), name),
    close: async () => {
      await browser.close();
      await servers.close();
      host.close();
    },
  };
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
