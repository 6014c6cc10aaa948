import { COMPANIES } from "../../../www/sandbox/data.ts";
import type { ScriptedAnswer } from "../../../www/sandbox/scripted-answers.ts";
import { type Group, PAGE, type Row } from "../row.ts";

const MIB = 1024 * 1024;
const [number] = COMPANIES.large.phoneNumbers;
const counts = { total: 1, page: 1, limit: 20, totalPages: 1 };
const wrongNumber = { ...counts, data: [number, { ...number, custom: "no" }] };

/** An empty page that takes so many bytes. */
const pageOf = (bytes: number) => JSON.stringify(PAGE.body).padEnd(bytes, " ");

async function gzip(text: string): Promise<Uint8Array> {
  const compressed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(compressed).arrayBuffer());
}

/** A body that is no page, and is not asked for again. */
const refused = (
  name: string,
  answers: ScriptedAnswer | (() => Promise<ScriptedAnswer[]>),
  issue?: string,
): Row => ({
  name,
  answers: typeof answers === "function" ? answers : [answers],
  gets: { outcome: "invalid_response", status: 200, ...(issue !== undefined && { issue }) },
});

export const bodies: Group = {
  title: "Bodies",
  rows: [
    refused("HTML", {
      headers: { "Content-Type": "text/html" },
      body: "<!doctype html><title>Welcome</title>",
    }),
    refused("an empty body", {}),
    {
      name: "204 without a body",
      answers: [{ status: 204 }],
      gets: { outcome: "invalid_response", status: 204 },
    },
    refused("JSON that ends too early", { body: '{"data":[{"id":"1' }),
    refused("JSON and more after it", { body: `${JSON.stringify(PAGE.body)}]` }),
    refused("bytes that are not UTF-8", { body: Uint8Array.of(0x22, 0xc3, 0x28, 0x22) }),
    refused("UTF-16", {
      body: Uint8Array.from([...'{"data":[]}'].flatMap((sign) => [sign.charCodeAt(0), 0])),
    }),
    refused("null", { body: "null" }),
    refused("an array", { body: [number] }),
    refused("an envelope that is not documented", { body: { results: [number], ...counts } }, "$"),
    refused("no total", { body: { ...counts, data: [], total: undefined } }, "$.total"),
    refused("a number that breaks the contract", { body: wrongNumber }, "$.data[1].custom"),
    refused("8 MiB and a byte", { body: pageOf(8 * MIB + 1) }),
    refused("64 MiB, compressed", async () => [
      { headers: { "Content-Encoding": "gzip" }, body: await gzip(" ".repeat(64 * MIB)) },
    ]),
    {
      name: "a page of 8 MiB",
      answers: [{ body: pageOf(8 * MIB) }],
      gets: { outcome: "page" },
    },
    {
      name: "a page that is compressed",
      answers: async () => [
        { headers: { "Content-Encoding": "gzip" }, body: await gzip(JSON.stringify(PAGE.body)) },
      ],
      gets: { outcome: "page" },
    },
    {
      name: "lenient: a number that breaks the contract is passed on",
      answers: [{ body: wrongNumber }],
      options: { validation: "lenient" },
      gets: {
        outcome: "page",
        events: ["request 1", "response 1 200", "contractViolation $.data[1].custom"],
      },
    },
    {
      name: "lenient: a page without its total is refused",
      answers: [{ body: { ...counts, data: [], total: undefined } }],
      options: { validation: "lenient" },
      gets: { outcome: "invalid_response", status: 200, issue: "$.total" },
    },
    {
      name: "a retry meets a body that is no page",
      answers: [{ status: 503 }, { body: "<h1>Hello</h1>" }],
      gets: { outcome: "invalid_response", status: 200, requests: 2, ms: 250 },
    },
  ],
};
