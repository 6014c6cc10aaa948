// Where the package has to work, as one table.
import { COMPANIES } from "../../www/sandbox/index.ts";
import type { BrowserName } from "../browsers.ts";
import type { Command } from "./commands.ts";
import type { Report } from "./servers.ts";
import { toolPath } from "./tools.ts";

const { phoneNumbers } = COMPANIES.large;

/** What a row has to find in the sandbox. */
export const listing = {
  total: phoneNumbers.length,
  ids: phoneNumbers.slice(0, 3).map(({ id }) => id),
  all: phoneNumbers.length,
};

/** A place where the package lists phone numbers. */
export interface Row {
  name: string;
  /** The folder of `fixtures` that does it. */
  fixture: string;
  /** What is run before. */
  build?: Command[];
  /** Whether it shares its rate limits in a Redis, which is at `REDIS_URL`. */
  withRedis?: boolean;
  /** What lists: a program, … */
  program?: Command;
  /** … or a page. */
  page?: Page;
  /** What it reports. Default: the first page of phone numbers. */
  expected?: Report;
}

/** How a page gets into a browser. */
export interface Page {
  /** A folder to serve, or a server to start, which prints its address. */
  host: string | Command;
  /** The addresses to open, each a result of its own. Default: the root. */
  paths?: string[];
  headers?: Record<string, string>;
  /** Default: Chromium alone. */
  browsers?: BrowserName[];
}

const node = process.execPath;
const node22 = toolPath("node22/bin/node");
const node24 = toolPath("node24/bin/node");
const script = (path: string, ...args: string[]): Command => [node, toolPath(path), ...args];

const esbuild = (...args: string[]): Command => [toolPath(".bin/esbuild"), ...args];
const esbuildPage = esbuild("page.js", "--bundle", "--minify", "--format=esm", "--outfile=dist/page.js");
const next = (...args: string[]) => script("next/dist/bin/next", ...args);
const wrangler = script("wrangler/bin/wrangler.js", "deploy", "--dry-run", "--outdir=dist");
const everywhere: BrowserName[] = ["chromium", "firefox", "webkit"];
const csp = (sources: string) => ({ "Content-Security-Policy": `script-src ${sources}` });

/** A program that lists through a Redis. */
function throughRedis(name: string, ...program: Command): Row {
  return { name: `${name}, through Redis`, fixture: "redis", withRedis: true, program };
}

/** A program that lists from the fake InstaView. */
function fromFake(name: string, program: Command, build: Command[] = []): Row {
  return { name: `${name}, from the fake`, fixture: "fake", build, program, expected: fakeListing };
}

/** What there is in the fake of `fixtures/fake`. */
const fakeListing = { total: 4, ids: ["a", "b", "c"], all: 4 };

/** A build of the page, opened in the browsers. */
function pageBy(name: string, build: Command[], browsers?: BrowserName[]): Row {
  return { name, fixture: "page", build, page: { host: "dist", ...(browsers && { browsers }) } };
}

export const matrix: Row[] = [
  { name: `Node ${process.versions.node}, import`, fixture: "node", program: [node, "main.mjs"] },
  { name: `Node ${process.versions.node}, require`, fixture: "node", program: [node, "main.cjs"] },
  { name: "Jest", fixture: "jest", program: script("jest/bin/jest.js", "common") },
  {
    name: "Jest, ECMAScript modules",
    fixture: "jest",
    program: [node, "--experimental-vm-modules", toolPath("jest/bin/jest.js"), "--testMatch=**/*.test.mjs"],
  },
  { name: "Vitest", fixture: "vitest", program: script("vitest/vitest.mjs", "run") },
  {
    name: "esbuild for Node, import",
    fixture: "node",
    build: [esbuild("main.mjs", "--bundle", "--platform=node", "--format=esm", "--outfile=out.mjs")],
    program: [node, "out.mjs"],
  },
  {
    name: "esbuild for Node, require",
    fixture: "node",
    build: [esbuild("main.cjs", "--bundle", "--platform=node", "--outfile=out.cjs")],
    program: [node, "out.cjs"],
  },
  pageBy("esbuild", [esbuildPage]),
  pageBy("Vite 8", [script("vite8/bin/vite.js", "build")], everywhere),
  {
    name: "Vite 8, dev server",
    fixture: "page",
    page: { host: script("vite8/bin/vite.js", "--host=127.0.0.1") },
  },
  pageBy("webpack", [
    script("webpack-cli/bin/cli.js", "--mode=production", "--entry=./page.js", "--output-filename=page.js"),
  ]),
  pageBy("Rollup", [
    script(
      "rollup/dist/bin/rollup",
      ...["page.js", "--file=dist/page.js", "--format=es", "--plugin=@rollup/plugin-node-resolve"],
    ),
  ]),
  {
    name: "no bundler, import map",
    fixture: "import-map",
    build: [["cp", "-R", "../node_modules", "."]],
    page: { host: ".", browsers: everywhere },
  },
  {
    name: "CSP with wasm-unsafe-eval",
    fixture: "page",
    build: [esbuildPage],
    page: { host: "dist", headers: csp("'self' 'wasm-unsafe-eval'"), browsers: everywhere },
  },
  {
    name: "CSP without wasm-unsafe-eval",
    fixture: "page",
    build: [esbuildPage],
    page: { host: "dist", headers: csp("'self'"), browsers: everywhere },
    expected: {
      error: {
        type: "configuration",
        message:
          "The page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src",
      },
    },
  },
  {
    name: "web worker",
    fixture: "web-worker",
    build: [script("vite8/bin/vite.js", "build")],
    page: { host: "dist", browsers: everywhere },
  },
  {
    name: "service worker",
    fixture: "service-worker",
    build: [
      esbuild("page.js", "--format=esm", "--outfile=dist/page.js"),
      esbuild("worker.js", "--bundle", "--outfile=dist/worker.js"),
    ],
    page: { host: "dist", browsers: everywhere },
  },
  { name: "Node 22, import", fixture: "node", program: [node22, "main.mjs"] },
  { name: "Node 22, require", fixture: "node", program: [node22, "main.cjs"] },
  { name: "Node 24, import", fixture: "node", program: [node24, "main.mjs"] },
  { name: "Node 24, require", fixture: "node", program: [node24, "main.cjs"] },
  {
    name: "Node 22, --experimental-strip-types",
    fixture: "typescript",
    program: [node22, "--experimental-strip-types", "main.ts"],
  },
  { name: "Node 24, TypeScript", fixture: "typescript", program: [node24, "main.ts"] },
  {
    name: "Deno",
    fixture: "typescript",
    program: [toolPath(".bin/deno"), "run", "--allow-net", "--allow-env", "main.ts"],
  },
  { name: "Bun", fixture: "typescript", program: [toolPath(".bin/bun"), "main.ts"] },
  throughRedis("Node, import", node, "main.mjs"),
  throughRedis("Node, require", node, "main.cjs"),
  throughRedis("Bun", toolPath(".bin/bun"), "main.mjs"),
  throughRedis("Deno", toolPath(".bin/deno"), "run", "--allow-net", "--allow-env", "main.mjs"),
  fromFake("Node, import", [node, "main.mjs"]),
  fromFake("Node, require", [node, "main.cjs"]),
  fromFake("Bun", [toolPath(".bin/bun"), "main.mjs"]),
  fromFake("Deno", [toolPath(".bin/deno"), "run", "--allow-net", "--allow-env", "main.mjs"]),
  fromFake("Cloudflare Workers (workerd)", [node, "workerd.mjs"], [wrangler]),
  {
    name: "Vite 8, from the fake",
    fixture: "fake",
    build: [script("vite8/bin/vite.js", "build")],
    page: { host: "dist" },
    expected: fakeListing,
  },
  {
    name: "Cloudflare Workers (workerd)",
    fixture: "workerd",
    build: [wrangler],
    program: [node, "workerd.mjs"],
  },
  {
    name: "Cloudflare Workers, without the condition",
    fixture: "workerd",
    build: [esbuild("worker.js", "--bundle", "--format=esm", "--outfile=dist/worker.js")],
    program: [node, "workerd.mjs"],
    expected: {
      error: {
        type: "configuration",
        message:
          "This runtime runs only WebAssembly that is deployed as a file: " +
          "bundle with its export condition, `workerd` or `edge-light`",
      },
    },
  },
  pageBy("Vite 7", [script("vite7/bin/vite.js", "build")]),
  {
    name: "Vite 7, dev server",
    fixture: "page",
    page: { host: script("vite7/bin/vite.js", "--host=127.0.0.1") },
  },
  pageBy("Rspack", [[node, "rspack.mjs"]]),
  pageBy("Parcel", [script("parcel/lib/bin.js", "build", "index.html", "--dist-dir=dist", "--no-cache")]),
  {
    name: "Next.js, prefetched",
    fixture: "next",
    build: [next("build")],
    page: { host: next("start", "--hostname=127.0.0.1", "--port=0"), paths: ["/numbers"] },
    expected: { ...listing, all: 20 },
  },
  {
    name: "Next.js",
    fixture: "next",
    build: [next("build")],
    page: {
      host: next("start", "--hostname=127.0.0.1", "--port=0"),
      paths: ["/client", "/server", "/route", "/edge"],
    },
  },
  {
    name: "Next.js, webpack",
    fixture: "next",
    build: [next("build", "--webpack")],
    page: {
      host: next("start", "--hostname=127.0.0.1", "--port=0"),
      paths: ["/client", "/server", "/route", "/edge"],
    },
  },
  {
    name: "Next.js, dev server",
    fixture: "next",
    page: {
      host: next("dev", "--hostname=127.0.0.1", "--port=0"),
      paths: ["/client", "/server", "/route", "/edge"],
    },
  },
];
