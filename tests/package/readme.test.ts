import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { inspect, promisify } from "node:util";
import { transform } from "esbuild";
import { createProxy } from "proxy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMPANIES, SANDBOX_KEYS } from "../../www/sandbox/index.ts";
import { startRedis } from "../redis/redis-server.ts";
import { useSandbox } from "./sandbox.ts";

const server = useSandbox();
const run = promisify(execFile);
const repository = join(import.meta.dirname, "../..");
const { large } = COMPANIES;

/** The code in a README's fences of this language. */
async function snippets(path: string, language: string): Promise<string[]> {
  const markdown = await readFile(join(repository, path), "utf8");
  const fences = markdown.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"));
  return [...fences].map(([, code]) => code ?? "");
}

/** A snippet, what is done with it, and the first line that is printed then. */
interface Use {
  about: string;
  prints: string;
  /** Default: the company's. */
  apiKey?: string;
  /** Code that uses the exports of the snippet, as `snippet`. */
  code?: string;
  /** Whether its requests go through a proxy. */
  isProxied?: boolean;
}

const first = large.phoneNumbers[0];
const callable = large.phoneNumbers.find(
  ({ status, capabilities }) => status === "AVAILABLE" && capabilities.includes("OUTBOUND"),
);
const incoming = large.phoneNumbers.filter(({ capabilities }) => capabilities.includes("INBOUND")).length;
const byStatus: Record<string, number> = {};
for (const { status } of large.phoneNumbers) byStatus[status] = (byStatus[status] ?? 0) + 1;

const uses: Use[] = [
  { about: "lists a page", prints: `${first?.id} ${first?.number} ${first?.location ?? ""}` },
  { about: "picks a number", prints: `${callable?.id}` },
  { about: "audits the inventory", prints: inspect(byStatus) },
  { about: "checks capabilities", prints: `${incoming} of 237 take calls` },
  { about: "lists again when the listing has changed", prints: "237" },
  { about: "has a client without a key", prints: "true", code: "console.log('client' in snippet)" },
  { about: "has a client for an ATS key", apiKey: SANDBOX_KEYS.ats, prints: "237" },
  {
    about: "has a backend with Hono",
    prints: `200 ${large.phoneNumbers[2]?.id} 400 {"success":false,"error":{"message":"page: expected an integer from 1 to 10000, received 0"}}`,
    code: `
      const page = await snippet.default.request("/api/phone-numbers?page=2&limit=2");
      const refused = await snippet.default.request("/api/phone-numbers?page=0");
      console.log(page.status, (await page.json()).data[0].id, refused.status, await refused.text());`,
  },
  {
    about: "has a backend with Next.js",
    prints: `true 79 ${large.phoneNumbers[3]?.id}`,
    code: `
      const answer = await snippet.GET(new Request("http://localhost/api/phone-numbers?page=2&limit=3"));
      const { data, hasNextPage, totalPages } = await answer.json();
      console.log(hasNextPage, totalPages, data[0].id);`,
  },
  {
    about: "has a query for TanStack Query",
    prints: `50,50,50,50,37 ${first?.id}`,
    code: `
      import { QueryClient } from "@tanstack/query-core";
      const { pages } = await new QueryClient().fetchInfiniteQuery({ ...snippet.phoneNumbersQuery, pages: 9 });
      console.log(pages.map(({ data }) => data.length).join(), pages[0].data[0].id);`,
  },
  {
    about: "has a script that writes a CSV",
    prints: `238 "${first?.id}","${first?.number}"`,
    code: `
      import { readFileSync } from "node:fs";
      const lines = readFileSync("phone-numbers.csv", "utf8").trim().split("\\n");
      console.log(lines.length, lines[1].split(",").slice(0, 2).join());`,
  },
  {
    about: "has a Cloudflare Worker",
    prints: JSON.stringify({ companyPhoneNumberId: callable?.id }),
    code: "console.log(await (await snippet.default.fetch(new Request('http://localhost'), process.env)).text());",
  },
  {
    about: "has a client behind a proxy",
    prints: "237",
    code: "console.log((await snippet.client.listPhoneNumbers()).total);",
    isProxied: true,
  },
  { about: "keeps the rate limit", prints: "999999" },
  {
    about: "shares the rate limit in Redis",
    prints: "237 string zset",
    code: `
      import { createClient } from "redis";
      const { total } = await snippet.client.listPhoneNumbers();
      await snippet.redis.close();
      const observer = await createClient({ url: process.env.REDIS_URL }).connect();
      const keys = (await observer.keys("instaview:{*}:*")).sort().reverse();
      console.log(total, ...(await Promise.all(keys.map((key) => observer.type(key)))));
      await observer.close();`,
  },
  {
    about: "shares the rate limit in a store of one's own",
    prints: "1 minute 2 minute retry-after 237",
    code: `
      import { InstaViewClient } from "instaview-phone-numbers";
      const store = new snippet.MemoryRateLimitStore();
      const ask = async () => {
        const { permit, window } = await store.admit("an id", 1_000);
        return permit ?? window;
      };
      const window = { limit: 2, remaining: 1, reset: 1705320120, resetIn: 60_000 };
      const decisions = [await ask(), await ask()];
      await store.finish("an id", "1", { minute: window, hour: window });
      decisions.push(await ask(), await ask());
      await store.finish("an id", "2", { retryAfter: 5_000 });
      decisions.push(await ask());
      const client = new InstaViewClient({ rateLimitStore: store });
      const pages = await Promise.all([1, 2, 3].map(() => client.listPhoneNumbers()));
      console.log(...decisions, ...new Set(pages.map(({ total }) => total)));`,
  },
  {
    about: "shows the request id and the rate limit of a success",
    prints: expect.stringMatching(/^200 [\da-f-]{36} 999999$/),
  },
  {
    about: "catches errors",
    prints: "invalid_argument limit: expected an integer from 1 to 100, received 500",
  },
];

describe("the package's README", async () => {
  const all = await snippets("pkg-template/README.md", "ts");
  let project: string;
  const proxy = createProxy();
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let proxyUrl: string;
  let connected: (string | undefined)[];

  beforeAll(async () => {
    proxy.on("connect", ({ url }) => connected.push(url));
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    redis = await startRedis();
    proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    // Within the repository, whose other packages the snippets find there.
    await mkdir(join(repository, "target"), { recursive: true });
    project = await mkdtemp(join(repository, "target/readme-"));
    await mkdir(join(project, "node_modules"));
    await symlink(join(repository, "pkg"), join(project, "node_modules/instaview-phone-numbers"), "junction");
  });
  afterAll(async () => {
    proxy.close();
    await redis.close();
    await rm(project, { recursive: true, force: true });
  });

  /** What the snippet prints, run by Node in a project of its own that has the package installed. */
  async function printed(
    snippet: string,
    { apiKey = SANDBOX_KEYS.company, code = "" }: Use,
  ): Promise<string> {
    // A page's backend is at the page's own address, which Node does not have.
    const ofSandbox = snippet
      .replace("123e4567-e89b-12d3-a456-426614174000", large.id)
      .replace("http://proxy.example.com:8080", proxyUrl)
      .replace('baseUrl: "/api", maxRetries', "maxRetries");
    await writeFile(join(project, "snippet.mjs"), (await transform(ofSandbox, { loader: "ts" })).code);
    await writeFile(join(project, "use.mjs"), `import * as snippet from "./snippet.mjs";${code}`);
    const env = {
      ...process.env,
      INSTAVIEW_API_KEY: apiKey,
      INSTAVIEW_BASE_URL: server.sandbox.url,
      REDIS_URL: redis.url,
    };
    const { stdout, stderr } = await run(process.execPath, ["use.mjs"], { cwd: project, env });
    return stdout + stderr;
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
    const tsc = join(repository, "node_modules/typescript/bin/tsc");
    const { stdout } = await run(process.execPath, [tsc, "--project", project]).catch((error) => error);
    expect(stdout).toBe("");
  }, 60_000);

  it.each(uses.map((use, index) => [use.about, all[index] ?? "", use] as const))(
    "%s",
    async (_, snippet, use) => {
      connected = [];
      const [firstLine] = (await printed(snippet, use)).split("\n");
      expect(firstLine).toEqual(use.prints);
      expect(connected).toEqual(use.isProxied ? [new URL(server.sandbox.url).host] : []);
    },
  );
});

describe("the repository's README", async () => {
  const commands = (await snippets("README.md", "sh")).join("").matchAll(/^npm (?:run )?(\w+)/gm);
  const { scripts } = JSON.parse(await readFile(join(repository, "package.json"), "utf8"));

  it.each([...commands].map(([, name]) => name ?? ""))("names a command that exists: %s", (name) => {
    expect(scripts).toHaveProperty(name);
  });
});
