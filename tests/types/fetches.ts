// Compiled, never run: the fetches that a caller may have, each without a cast, whose types are not the platform's.
import type { ClientOptions } from "instaview-phone-numbers";
import nodeFetch from "node-fetch";
import { ProxyAgent, fetch as undiciFetch } from "undici";

type Fetch = ClientOptions["fetch"];

const dispatcher = new ProxyAgent("http://proxy.example.com:8080");
undiciFetch satisfies Fetch;
((url, init) => undiciFetch(url, { ...init, dispatcher })) satisfies Fetch;
nodeFetch satisfies Fetch;
((url, init) => nodeFetch(url, { ...init, highWaterMark: 65_536 })) satisfies Fetch;

fetch satisfies Fetch;
((url, init) => fetch(url, init)) satisfies Fetch;
((url, init) => fetch(new Request(url, init))) satisfies Fetch;
((url, init) => fetch(url, { ...init, headers: { ...init.headers, "X-Trace": "1" } })) satisfies Fetch;
(async () => new Response()) satisfies Fetch;
undefined satisfies Fetch;

/** With the platform's own types, as a mock or a fake API may declare it. */
declare const platform: (url: string, init: RequestInit) => Promise<Response>;
platform satisfies Fetch;
declare const fake: (url: string, init?: RequestInit | Request) => Promise<Response>;
fake satisfies Fetch;

// What a caller's own wrapper of the option is called with.
export const wrapped: Fetch = async (url, init) => {
  const { href }: URL = new URL(url);
  const redirect: "follow" | "error" | "manual" | undefined = init.redirect;
  const signal: AbortSignal | null | undefined = init.signal;
  return fetch(href, { headers: init.headers, ...(redirect && { redirect }), ...(signal && { signal }) });
};

// @ts-expect-error: it gives a promise.
(() => new Response()) satisfies Fetch;
// @ts-expect-error: its URL is a string, not a Request.
(async (request: Request) => fetch(request)) satisfies Fetch;
// @ts-expect-error: it is a function.
"fetch" satisfies Fetch;
