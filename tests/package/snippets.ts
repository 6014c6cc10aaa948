// Runs what the package's documents show.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { createProxy } from "proxy";
import { afterAll, beforeAll, expect, it } from "vitest";
import { COMPANIES, SANDBOX_KEYS, type Sandbox } from "../../www/sandbox/index.ts";
import { chromiumArgs, findChromium } from "../chromium.mjs";
import { startRedis } from "../redis/redis-server.ts";
import { servePage } from "./served-page.ts";

const run = promisify(execFile);
const repository = join(import.meta.dirname, "../..");
const { large } = COMPANIES;

/** The code in a README's fences of this language. */
export async function snippets(path: string, language: string): Promise<string[]> {
  const markdown = await readFile(join(repository, path), "utf8");
  const fences = markdown.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"));
  return [...fences].map(([, code]) => code ?? "");
}

const modules = join(repository, "node_modules");
const runners = {
  vitest: [join(modules, "vitest/vitest.mjs"), "run", "--no-color"],
  playwright: [
    join(modules, "@playwright/test/cli.js"),
    "test",
    "--reporter=line",
    "--tsconfig=tsconfig.playwright.json",
  ],
};

/** A snippet, what is done with it, and the first line that is printed then. */
export interface Use {
  about: string;
  /** Or a matcher of it. Default: only `check` looks at what is printed. */
  prints?: string;
  /** The sandbox that it runs against. Default: the file's own. */
  startSandbox?(): Promise<Sandbox>;
  /** What happens in the sandbox meanwhile. */
  prepare?(sandbox: Sandbox): void;
  /** What all lines that are printed must be. */
  check?(lines: string[], sandbox: Sandbox): void;
  /** Default: the company's. */
  apiKey?: string;
  /** Code that uses the exports of the snippet, as `snippet`. */
  code?: string;
  /** Whether its requests go through a proxy. */
  isProxied?: boolean;
  /** What runs it, where it is a test: then the summary is printed. Default: Node. */
  runner?: keyof typeof runners;
}

/** Runs every snippet of a document, each with its use, in turn. */
export function runSnippets(all: string[], uses: Use[], server: { sandbox: Sandbox }) {
  let project: string;
  const proxy = createProxy();
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let page: Awaited<ReturnType<typeof servePage>>;
  let proxyUrl: string;
  let connected: (string | undefined)[];

  beforeAll(async () => {
    proxy.on("connect", ({ url }) => connected.push(url));
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    redis = await startRedis();
    page = await servePage();
    proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    // Within the repository, whose other packages the snippets find there.
    await mkdir(join(repository, "target"), { recursive: true });
    project = await mkdtemp(join(repository, "target/readme-"));
    await mkdir(join(project, "node_modules"));
    const pick = `export async function pickNumber(client) {
      return (await client.findPhoneNumber({ status: "AVAILABLE" }))?.number;
    }`;
    await writeFile(join(project, "pick-number.js"), pick);
    const browser = { executablePath: findChromium(), args: chromiumArgs };
    const config = { testMatch: "snippet.mjs", use: { launchOptions: browser } };
    await writeFile(join(project, "playwright.config.js"), `export default ${JSON.stringify(config)};`);
    await writeFile(
      join(project, "vitest.config.js"),
      `export default { test: { include: ["snippet.mjs"] } };`,
    );
    await symlink(join(repository, "pkg"), join(project, "node_modules/instaview-phone-numbers"), "junction");
    // The repository's own leads to the sources of the types.
    await writeFile(join(project, "tsconfig.playwright.json"), "{}");
  });
  afterAll(async () => {
    proxy.close();
    page.close();
    await redis.close();
    await rm(project, { recursive: true, force: true });
  });

  /** What the snippet prints, run by Node in a project of its own that has the package installed. */
  async function printed(
    snippet: string,
    { apiKey = SANDBOX_KEYS.company, code = "", runner }: Use,
    sandbox: Sandbox,
  ): Promise<string> {
    // A page's backend is at the page's own address, which Node does not have.
    const ofSandbox = snippet
      .replace("123e4567-e89b-12d3-a456-426614174000", large.id)
      .replace("http://proxy.example.com:8080", proxyUrl)
      .replace("http://localhost:5173/", page.url)
      .replace('baseUrl: "/api", maxRetries', "maxRetries");
    await writeFile(join(project, "snippet.mjs"), (await transform(ofSandbox, { loader: "ts" })).code);
    await writeFile(join(project, "use.mjs"), `import * as snippet from "./snippet.mjs";${code}`);
    const env = {
      ...process.env,
      INSTAVIEW_API_KEY: apiKey,
      INSTAVIEW_BASE_URL: sandbox.url,
      REDIS_URL: redis.url,
    };
    const args = runner ? runners[runner] : ["use.mjs"];
    const { stdout, stderr } = await run(process.execPath, args, { cwd: project, env });
    const output = stdout + stderr;
    return runner
      ? (/Tests +(.*?)(?: \(1\))?$|^ +(1 passed)/m.exec(output)?.slice(1).join("") ?? output)
      : output;
  }

  it("has no snippet that is not run here", () => {
    expect(all).toHaveLength(uses.length);
  });

  it("has no snippet that TypeScript refuses", async () => {
    const tsconfig = { extends: "../../tsconfig.json", include: ["*.ts"], compilerOptions: { noEmit: true } };
    await writeFile(join(project, "tsconfig.json"), JSON.stringify(tsconfig));
    for (const [index, snippet] of all.entries()) {
      await writeFile(join(project, `${index}.ts`), `${snippet}\nexport {};\n`);
    }
    const pickNumber = "(client: object) => Promise<string | undefined>";
    await writeFile(join(project, "pick-number.d.ts"), `export declare const pickNumber: ${pickNumber};`);
    const tsc = join(repository, "node_modules/typescript/bin/tsc");
    const { stdout } = await run(process.execPath, [tsc, "--project", project]).catch((error) => error);
    expect(stdout).toBe("");
  }, 60_000);

  it.each(uses.map((use, index) => [use.about, all[index] ?? "", use] as const))(
    "%s",
    async (_, snippet, use) => {
      connected = [];
      const own = await use.startSandbox?.();
      const sandbox = own ?? server.sandbox;
      use.prepare?.(sandbox);
      const output = await printed(snippet, use, sandbox).finally(() => own?.close());
      const lines = output.trim().split("\n");
      expect(output).not.toContain(use.apiKey ?? SANDBOX_KEYS.company);
      if (use.prints !== undefined) expect(lines[0]).toEqual(use.prints);
      use.check?.(lines, sandbox);
      expect(connected).toEqual(use.isProxied ? [new URL(sandbox.url).host] : []);
    },
    60_000,
  );
}
