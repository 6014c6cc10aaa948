// Calls per second over loopback.
//   node calls.mjs <url> <concurrency> <rounds> closest|all
import type { CreateClient } from "../clients/client.ts";
import { createClient as fetchJson } from "../clients/fetch.ts";
import { createClient as instaview } from "../clients/instaview.ts";
import { createClient as kyZod } from "../clients/ky-zod.ts";
import { createClient as octokit } from "../clients/octokit.ts";
import { createClient as openai } from "../clients/openai.ts";
import { createClient as openapiFetch } from "../clients/openapi-fetch.ts";
import { type Contender, compare, timed } from "../compare.ts";
import { API_KEY } from "../payload.ts";

const CALLS = 128;

/** The two that do the least: a ratio to the others' garbage would say little of a call. */
const closest: Record<string, CreateClient> = {
  "fetch + response.json()": fetchJson,
  "instaview-phone-numbers": instaview,
  "openapi-fetch": openapiFetch,
};
const all: Record<string, CreateClient> = { ...closest, "ky + zod": kyZod, octokit, "openai-node": openai };

const [url, concurrency, rounds, which] = process.argv.slice(2) as [string, string, string, string];
const libraries = which === "closest" ? closest : all;

const contenders = Object.entries(libraries).map(([name, createClient]): Contender => {
  const getPage = createClient({ url, apiKey: API_KEY });
  const lane = async () => {
    for (let call = 0; call < CALLS / Number(concurrency); call += 1) await getPage(1);
  };
  const lanes = () => Promise.all(Array.from({ length: Number(concurrency) }, lane));
  return { name, sample: async () => CALLS / ((await timed(lanes)) / 1000) };
});

process.send?.(await compare(contenders, Number(rounds), 3));
