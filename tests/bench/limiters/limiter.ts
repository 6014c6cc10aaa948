import { setTimeout as delay } from "node:timers/promises";

/** Where the API is, the key for it, and what limits the key. */
export interface Surroundings {
  url: string;
  apiKey: string;
  redisUrl: string;
  /** The requests of a window. */
  limit: number;
  /** Milliseconds of a window. */
  interval: number;
}

/** What each module of this folder exports: a way in which processes share a limit. It gets a page each time, however long that takes. */
export type CreateLimited = (surroundings: Surroundings) => Promise<() => Promise<unknown>>;

/** Gets a page by fetch, once it is allowed: what a careful user of a limiter writes. */
export async function fetchPage({ url, apiKey }: Surroundings, allowed: () => Promise<unknown>) {
  for (;;) {
    await allowed();
    const headers = { Authorization: `Bearer ${apiKey}`, Accept: "application/json" };
    const response = await fetch(`${url}/phone-numbers?page=1&limit=1`, { headers });
    const page = await response.json();
    if (response.ok) return page;
    if (response.status !== 429) throw new Error(`status ${response.status}`);
    await delay(Number(response.headers.get("Retry-After")) * 1000);
  }
}
