// An API that counts: so many requests in a window, and 429 for the others, with the documented headers.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Requests in a window of the minute, which is this short here so that the tests see many. */
export const limit = 20;
/** Milliseconds. Windows begin where this divides the time. */
export const length = 3_000;

export interface ServedRequest {
  /** Unix time in milliseconds. */
  at: number;
  /** The number of the window that it counts in. */
  window: number;
  status: 200 | 429;
  /** The process that sent it. */
  process: string;
}

export interface StrictServer {
  readonly url: string;
  readonly requests: readonly ServedRequest[];
  /** Those that were refused since then. */
  refused(since?: number): number;
  /** Gives the next request of a process, when it is there, which has no response unless it is released. */
  hold(process: string): Promise<{ release(): void }>;
  close(): Promise<void>;
}

/** Starts it. Its responses take so many milliseconds. */
export async function startStrictServer(latency = 0): Promise<StrictServer> {
  const requests: ServedRequest[] = [];
  const held = new Map<string, (request: { release(): void }) => void>();

  function respond(request: IncomingMessage, response: ServerResponse) {
    const at = Date.now();
    const window = Math.floor(at / length);
    const used = requests.filter((other) => other.window === window && other.status === 200).length;
    const status = used < limit ? 200 : 429;
    const process = String(request.headers["x-process"]);
    requests.push({ at, window, status, process });
    const reset = ((window + 1) * length) / 1000;
    const left = limit - used - (status === 200 ? 1 : 0);
    const hour = Math.floor(at / 3_600_000);
    const write = () => {
      response.writeHead(status, {
        "Content-Type": "application/json",
        Date: new Date(at).toUTCString(),
        "X-RateLimit-Limit-Minute": limit,
        "X-RateLimit-Remaining-Minute": left,
        "X-RateLimit-Reset-Minute": reset,
        "X-RateLimit-Limit-Hour": 30_000,
        "X-RateLimit-Remaining-Hour": 30_000 - requests.length,
        "X-RateLimit-Reset-Hour": (hour + 1) * 3_600,
        ...(status === 429 && { "Retry-After": Math.ceil(reset - at / 1000) }),
      });
      const page = { data: [], total: 0, page: 1, limit: 20, totalPages: 0 };
      response.end(JSON.stringify(status === 200 ? page : { statusCode: 429, message: "Too many requests" }));
    };
    const onHeld = held.get(process);
    held.delete(process);
    if (onHeld) onHeld({ release: write });
    else if (latency) setTimeout(write, latency);
    else write();
  }

  const server = createServer(respond);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    refused: (since = 0) => requests.filter(({ at, status }) => status === 429 && at >= since).length,
    hold: (process) => new Promise((resolve) => held.set(process, resolve)),
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Waits until a window begins. */
export async function nextWindow(): Promise<void> {
  const start = (Math.floor(Date.now() / length) + 1) * length;
  // A timer may be early.
  for (let left = start - Date.now(); left > 0; left = start - Date.now()) {
    await new Promise((resolve) => setTimeout(resolve, left));
  }
}
