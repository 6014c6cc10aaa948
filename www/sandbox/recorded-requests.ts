import { EventEmitter, once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";

/** A request that the sandbox received. */
export interface RecordedRequest {
  method: string;
  /** Path and query, as sent. */
  url: string;
  path: string;
  query: URLSearchParams;
  /** By lower-case name. */
  headers: Record<string, string>;
  /** The client went away before the answer was complete. */
  aborted: boolean;
  /** Resolves once the answer is complete or the connection gone, when `aborted` is settled. */
  closed: Promise<void>;
}

/** Every request in the order of arrival, and those who wait for one. */
export class RequestLog {
  readonly requests: RecordedRequest[] = [];
  readonly #arrivals = new EventEmitter();

  record(incoming: IncomingMessage, outgoing: ServerResponse): RecordedRequest {
    const url = incoming.url ?? "/";
    const [path = ""] = url.split("?", 1);
    const request: RecordedRequest = {
      method: incoming.method ?? "GET",
      url,
      path,
      query: new URLSearchParams(url.slice(path.length)),
      headers: Object.fromEntries(
        Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
      ),
      aborted: false,
      closed: new Promise((resolve) => {
        outgoing.once("close", () => {
          // A client leaves by ending its side or resetting. The sandbox's own faults leave no such trace.
          const clientLeft = incoming.socket.readableEnded || incoming.socket.errored !== null;
          request.aborted = clientLeft && !outgoing.writableFinished;
          resolve();
        });
      }),
    };
    this.requests.push(request);
    this.#arrivals.emit("request");
    return request;
  }

  /** Resolves to the `count`-th request, counted from 1, once it has arrived. */
  async received(count: number): Promise<RecordedRequest> {
    for (;;) {
      const request = this.requests[count - 1];
      if (request) return request;
      await once(this.#arrivals, "request");
    }
  }

  clear() {
    this.requests.length = 0;
  }
}
