// The recipes of the package's documents, each run in the real thing.
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMPANIES, SANDBOX_KEYS, startSandbox } from "../../www/sandbox/index.ts";
import { useSandbox } from "./sandbox.ts";
import { runSnippets, snippets, type Use } from "./snippets.ts";
import { logging, openTelemetry } from "./telemetry-recipes.ts";

const server = useSandbox();
const repository = join(import.meta.dirname, "../..");
const { large, small, empty } = COMPANIES;
const first = large.phoneNumbers[0];
const callable = large.phoneNumbers.find(
  ({ status, capabilities }) => status === "AVAILABLE" && capabilities.includes("OUTBOUND"),
);

/** A server that is unavailable so many times, and then has no phone numbers. */
const failingServer = `
  import { once } from "node:events";
  import { createServer } from "node:http";
  let requests = 0;
  async function startFailing(times) {
    const server = createServer((_, response) => {
      requests += 1;
      const page = { data: [], total: 0, page: 1, limit: 20, totalPages: 0 };
      response.writeHead(requests > times ? 200 : 503).end(JSON.stringify(page));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    process.env.INSTAVIEW_BASE_URL = "http://127.0.0.1:" + server.address().port;
    return server;
  }`;

const dashboards: Use[] = [
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
];

/** Whether the sandbox refused a request, and when its minute ends. */
const decisions: { minute: number; isRefused: boolean }[] = [];

/** A clock that starts when it is first read, this many milliseconds before a full minute. */
function clockBeforeFullMinute(milliseconds: number) {
  let start: number | undefined;
  return () => {
    start ??= performance.now();
    return Date.UTC(2026, 0, 1) - milliseconds + (performance.now() - start);
  };
}

const scripts: Use[] = [
  {
    about: "has a script that writes a CSV",
    prints: `238 "${first?.id}","${first?.number}"`,
    code: `
      import { readFileSync } from "node:fs";
      const lines = readFileSync("phone-numbers.csv", "utf8").trim().split("\\n");
      console.log(lines.length, lines[1].split(",").slice(0, 2).join());`,
  },
  {
    about: "has a deadline",
    prints: "237 TimeoutError true",
    code: `${failingServer}
      const total = await snippet.totalWithin(10_000);
      const server = await startFailing(Infinity);
      const { name } = await snippet.totalWithin(1_500).catch((reason) => reason);
      console.log(total, name, requests > 1);
      server.closeAllConnections();
      server.close();`,
  },
  {
    about: "lists many companies within the budget of the minute",
    apiKey: SANDBOX_KEYS.ats,
    startSandbox: () => startSandbox({ rateLimit: { minute: 3 }, now: clockBeforeFullMinute(4_000) }),
    prepare: (sandbox) => {
      sandbox.behaviour = {
        rateLimit: (decision) => {
          decisions.push({ minute: decision.minute.resetAt, isRefused: decision.exceeded !== undefined });
          return decision;
        },
      };
    },
    // `small` is no company of the partner's.
    code: `
      const companyIds = ${JSON.stringify([large.id, small.id, empty.id])};
      for await (const { companyId, numbers } of snippet.inventories(companyIds)) {
        console.log(companyId, numbers.length);
      }`,
    check: (lines) => {
      const isDenial = (line: string) => line.startsWith(`${small.id}: `);
      expect(lines.filter((line) => !isDenial(line))).toEqual([`${large.id} 237`, `${empty.id} 0`]);
      expect(lines.filter(isDenial)).toHaveLength(1);
      // Three pages, a refusal and an empty page: the fourth request waited for the next minute.
      const [minute = 0] = decisions.map(({ minute }) => minute);
      const next = minute + 60_000;
      expect(decisions.map(({ minute }) => minute)).toEqual([minute, minute, minute, next, next]);
      expect(decisions.filter(({ isRefused }) => isRefused)).toEqual([]);
    },
  },
];

const servers: Use[] = [
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
];

const observability: Use[] = [
  {
    about: "shows the request id and the rate limit of a success",
    prints: expect.stringMatching(/^200 [\da-f-]{36} 999999$/),
  },
  { about: "logs with pino", ...logging },
  { about: "has a span for a call, and one for each attempt", ...openTelemetry },
];

it("the page that Next.js prefetches is the one that the matrix opens", async () => {
  const folder = "tests/matrix/fixtures/next/app/numbers";
  const files = ["page.jsx", "numbers.jsx"].map((name) => readFile(join(repository, folder, name), "utf8"));
  expect(await snippets("pkg-template/docs/dashboards.md", "jsx")).toEqual(await Promise.all(files));
});

/** The links of a document to another file, or to a heading. */
async function linksOf(path: string) {
  const text = (await readFile(join(repository, path), "utf8")).replaceAll(/^```.*?^```/gms, "");
  return [...text.matchAll(/\]\((?!https:)([^)]*)\)/g)].map(([, link]) => link ?? "");
}

const documents = [
  "README",
  ...["dashboards", "observability", "scripts", "servers"].map((name) => `docs/${name}`),
];

it.each(documents.map((name) => `pkg-template/${name}.md`))("no link of %s is broken", async (path) => {
  for (const link of await linksOf(path)) {
    const [file = "", anchor] = link.split("#");
    const target = file === "" ? path : join(dirname(path), file);
    const text = await readFile(join(repository, target), "utf8");
    const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
      heading
        ?.toLowerCase()
        .replaceAll(/[^\w -]/g, "")
        .replaceAll(" ", "-"),
    );
    if (anchor !== undefined) expect(headings, link).toContain(anchor);
  }
});

describe.each([
  ["dashboards", dashboards],
  ["scripts", scripts],
  ["servers", servers],
  ["observability", observability],
])("%s", async (name, uses) => {
  runSnippets(await snippets(`pkg-template/docs/${name}.md`, "ts"), uses, server);
});
