import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { COMPANIES, SANDBOX_KEYS } from "../../www/sandbox/index.ts";
import { useSandbox } from "./sandbox.ts";
import { runSnippets, snippets, type Use } from "./snippets.ts";

const server = useSandbox();
const repository = join(import.meta.dirname, "../..");
const { large } = COMPANIES;

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
  { about: "tests a function with Vitest", prints: "1 passed", runner: "vitest" },
  {
    about: "answers requests by MSW",
    prints: "50 59",
    code: `
      import { InstaViewClient } from "instaview-phone-numbers";
      snippet.server.listen({ onUnhandledRequest: "error" });
      const client = new InstaViewClient({ apiKey: "sk_test_any", baseUrl: "https://api.instaview.sk" });
      const { total } = await client.listPhoneNumbers();
      console.log(total, client.rateLimit.minute.remaining);
      snippet.server.close();`,
  },
  { about: "answers requests by Playwright", prints: "1 passed", runner: "playwright" },
  {
    about: "catches errors",
    prints: "invalid_argument limit: expected an integer from 1 to 100, received 500",
  },
];

describe("the package's README", async () => {
  runSnippets(await snippets("pkg-template/README.md", "ts"), uses, server);
});

describe("the repository's README", async () => {
  const commands = (await snippets("README.md", "sh")).join("").matchAll(/^npm (?:run )?([\w:-]+)/gm);
  const { scripts } = JSON.parse(await readFile(join(repository, "package.json"), "utf8"));

  it.each([...commands].map(([, name]) => name ?? ""))("names a command that exists: %s", (name) => {
    expect(scripts).toHaveProperty(name);
  });
});
