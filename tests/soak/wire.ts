import { CALL_HEADER, type SoakCall } from "./call.ts";
import type { World } from "./world.ts";

/** The header by which the server knows the attempt of a request. */
export const ATTEMPT_HEADER = "x-soak-attempt";

/** A request on its way. */
export interface Attempt {
  /** The timer of its timeout. */
  timeout: number;
  /** Whether its client had read a report of the rate limit before it sent the request. */
  hadReport: boolean;
  /** Whether the server leaves its body unfinished. */
  stallsInBody: boolean;
}

/** Stands in front of the platform's fetch, and knows what is on its way: time stands still for it. */
export class Wire {
  readonly attempts = new Map<string, Attempt>();
  #lastId = 0;
  readonly #fetch = globalThis.fetch;
  readonly #digest = crypto.subtle.digest;

  install({ clock, calls }: World) {
    globalThis.fetch = async (input, init = {}) => {
      const { latest: timeout } = clock;
      clock.hold(timeout);
      const headers = new Headers(init.headers);
      const call = calls.get(headers.get(CALL_HEADER) ?? "");
      if (!call) return this.#fetch(input, init);
      return this.#send(input, { ...init, headers }, call, timeout, () => clock.release(timeout));
    };
    // Another thread does it, in real time.
    crypto.subtle.digest = (...given) => clock.holdDuring(this.#digest.apply(crypto.subtle, given));
  }

  uninstall() {
    globalThis.fetch = this.#fetch;
    crypto.subtle.digest = this.#digest;
    this.attempts.clear();
  }

  async #send(
    input: RequestInfo | URL,
    init: RequestInit & { headers: Headers },
    call: SoakCall,
    timeout: number,
    release: () => void,
  ) {
    this.#lastId += 1;
    const id = String(this.#lastId);
    init.headers.set(ATTEMPT_HEADER, id);
    const attempt: Attempt = { timeout, hadReport: (call.tenant?.reported ?? 0) > 0, stallsInBody: false };
    this.attempts.set(id, attempt);
    try {
      const response = await this.#fetch(input, init);
      if (attempt.stallsInBody) release();
      call.reach("head");
      return response;
    } finally {
      this.attempts.delete(id);
    }
  }
}
