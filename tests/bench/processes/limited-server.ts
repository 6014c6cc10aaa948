// The API with a strict limit: it counts the requests of a window, and refuses the others.
//   node limited-server.mjs <requests of a window> <milliseconds of a window> <requests that somebody else takes of each>
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { encode, wirePage } from "../payload.ts";

const [limit = 0, interval = 0, taken = 0] = process.argv.slice(2).map(Number);
const body = encode(wirePage({ total: 1, page: 1, limit: 1 }));
let [end, used, refused] = [0, 0, 0];

const server = createServer((_, response) => {
  const now = Date.now();
  if (now >= end) [end, used] = [(Math.floor(now / interval) + 1) * interval, taken];
  const isRefused = used === limit;
  if (isRefused) refused += 1;
  else used += 1;
  // Node's own header is from a clock that it reads once in a second.
  response.setHeader("Date", new Date(now).toUTCString());
  response.writeHead(isRefused ? 429 : 200, {
    "Content-Type": "application/json; charset=utf-8",
    "X-RateLimit-Limit-Minute": limit,
    "X-RateLimit-Remaining-Minute": limit - used,
    "X-RateLimit-Reset-Minute": Math.ceil(end / 1000),
    "X-RateLimit-Limit-Hour": 1_000_000,
    "X-RateLimit-Remaining-Hour": 999_999,
    "X-RateLimit-Reset-Hour": Math.ceil(now / 3_600_000) * 3_600,
    ...(isRefused && { "Retry-After": Math.ceil((end - now) / 1000) }),
  });
  response.end(body);
});

server.listen(0, "127.0.0.1", () =>
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
process.on("message", () => process.send?.(refused));
