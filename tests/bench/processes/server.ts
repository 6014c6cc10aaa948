// A sandbox of the API that costs little: pages are serialised once, so that what is measured is the client.
//   node server.mjs <milliseconds of latency> <numbers in all>
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { encode, wirePage } from "../payload.ts";

const [latency = 0, total = 0] = process.argv.slice(2).map(Number);
const bodies = new Map<string, Uint8Array>();

function bodyOf(page: number, limit: number): Uint8Array {
  const key = `${page} ${limit}`;
  const body = bodies.get(key) ?? encode(wirePage({ total, page, limit }));
  bodies.set(key, body);
  return body;
}

/** What every answer of the API carries of the rate limit: here, more than enough. */
const windows = ["Minute", "Hour"].flatMap((window) => [
  [`X-RateLimit-Limit-${window}`, "1000000000"],
  [`X-RateLimit-Remaining-${window}`, "999999999"],
  [`X-RateLimit-Reset-${window}`, String(Math.ceil(Date.now() / 1000) + 3600)],
]);

const server = createServer((request, response) => {
  const url = new URL(request.url ?? "", "http://sandbox");
  const page = Number(url.searchParams.get("page") ?? 1);
  const limit = Number(url.searchParams.get("limit") ?? 20);
  const headers = Object.fromEntries([...windows, ["Content-Type", "application/json; charset=utf-8"]]);
  if (page * limit < total) {
    url.searchParams.set("page", String(page + 1));
    // Not the API's: what Octokit goes by.
    headers.Link = `<http://${request.headers.host}${url.pathname}${url.search}>; rel="next"`;
  }
  const answer = () => response.writeHead(200, headers).end(bodyOf(page, limit));
  if (latency === 0) answer();
  else setTimeout(answer, latency);
});

server.listen(0, "127.0.0.1", () =>
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
