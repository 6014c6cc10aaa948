// Lists every number of a company, page after page.
//   node listing.mjs <url> <numbers in all> <rounds>
import { Octokit } from "@octokit/core";
import { paginateRest } from "@octokit/plugin-paginate-rest";
import { listAllPhoneNumbers } from "instaview-phone-numbers";
import OpenAI from "openai";
import { AbstractPage, type PageRequestOptions } from "openai/core/pagination";
import { createClient } from "../clients/fetch.ts";
import { compare, timed } from "../compare.ts";
import { API_KEY, type WirePage } from "../payload.ts";

const [url, total, rounds] = process.argv.slice(2) as [string, string, string];

/** A page of this API, as a user of openai-node's classes would write it. */
class NumbersPage extends AbstractPage<unknown> {
  override getPaginatedItems(): unknown[] {
    return (this.body as WirePage).data;
  }

  override nextPageRequestOptions(): PageRequestOptions | null {
    const { page, totalPages } = this.body as WirePage;
    if (page >= totalPages) return null;
    return { ...this.options, query: { ...this.options.query, page: page + 1 } };
  }
}

const getPage = createClient({ url, apiKey: API_KEY });
const openai = new OpenAI({ baseURL: url, apiKey: API_KEY });
const octokit = new (Octokit.plugin(paginateRest))({ baseUrl: url, auth: API_KEY });
const ours = { baseUrl: url, apiKey: API_KEY };

const listings: Record<string, () => Promise<unknown[]>> = {
  "a plain loop with fetch": async () => {
    const numbers: unknown[] = [];
    for (let page = 1; numbers.length < Number(total); page += 1) numbers.push(...(await getPage(page)));
    return numbers;
  },
  "instaview-phone-numbers": () => listAllPhoneNumbers(ours).toArray(),
  "instaview-phone-numbers, concurrency 8": () => listAllPhoneNumbers({ ...ours, concurrency: 8 }).toArray(),
  "openai-node's pages": async () => {
    const numbers: unknown[] = [];
    const pages = openai.getAPIList("/phone-numbers", NumbersPage, { query: { page: 1, limit: 100 } });
    for await (const number of pages) numbers.push(number);
    return numbers;
  },
  "octokit's paginate": () =>
    octokit.paginate<unknown, unknown>(
      { method: "GET", url: "/phone-numbers", page: 1, limit: 100 },
      ({ data }) => (data as unknown as WirePage).data,
    ),
};

const contenders = Object.entries(listings).map(([name, list]) => ({
  name,
  sample: async () => {
    let length = 0;
    const milliseconds = await timed(async () => {
      length = (await list()).length;
    });
    if (length !== Number(total)) throw new Error(`${name} lists ${length} numbers of ${total}`);
    return length / (milliseconds / 1000);
  },
}));

process.send?.(await compare(contenders, Number(rounds), 0));
