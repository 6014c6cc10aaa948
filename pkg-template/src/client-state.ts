import type { ClientEvent, RateLimit } from "../wasm/core.js";
import type { CoreInstance } from "./core.ts";
import { Failed } from "./failed.ts";
import type { Interrupt } from "./interrupt.ts";
import type { CheckedBefore } from "./settings.ts";

/** A call that waits to be let through. */
interface Waiting {
  wake?: () => void;
  /** What the first of them waits for, as the core says it. */
  until?: number;
}

/** What an answer says of a window; what is not known is not a number. The last is its reset in the server's own words. */
export type Window = [limit: number, remaining: number, resetAt: number, reset: number];

const UNKNOWN: Window = [NaN, NaN, NaN, NaN];

/** What the calls of one client share: its options, and what is known of its rate limit. */
export class ClientState {
  readonly options: unknown;
  readonly checkedBefore: CheckedBefore = {};
  /** What the server last reported of the windows. */
  #windows: [minute: Window, hour: Window] | undefined;
  #core: CoreInstance | undefined;
  #handle: InstanceType<CoreInstance["Client"]> | undefined;
  readonly #queue: Waiting[] = [];

  constructor(options?: unknown) {
    this.options = options;
  }

  /** The rate limit as the server last reported it. */
  get rateLimit(): RateLimit | undefined {
    return this.#windows && rateLimitOf(...this.#windows);
  }

  /** The core's side of the client, which does not outlive its instance of the core. */
  #of(core: CoreInstance) {
    if (!this.#handle || this.#core !== core) {
      this.#core = core;
      this.#handle = new core.Client();
    }
    return this.#handle;
  }

  /**
   * Waits until the rate limit lets a request through: in turn, and no longer than `longest` milliseconds.
   * `finish` goes with each that is let through.
   */
  async admit(
    core: CoreInstance,
    interrupt: Interrupt,
    longest: number,
    notify: (event: ClientEvent) => void,
  ): Promise<void> {
    const waiting: Waiting = {};
    const sleep = (milliseconds?: number) =>
      interrupt.sleep(milliseconds, (wake) => {
        waiting.wake = wake;
      });
    const queue = this.#queue;
    queue.push(waiting);
    try {
      while (queue[0] !== waiting) await sleep();
      for (;;) {
        const now = Date.now();
        const until = this.#of(core).admit(now, false);
        if (until === undefined) return;
        const delay = Math.ceil(Math.abs(until) - now);
        if (delay > longest) {
          const message = "The rate limit leaves no request, for longer than maxRateLimitWait";
          const { rateLimit } = this;
          throw new Failed("rate_limit", message, { ...(rateLimit && { rateLimit }), retryAfter: delay });
        }
        notify({ type: "rateLimitWait", delay, window: until < 0 ? "hour" : "minute" });
        waiting.until = until;
        await sleep(delay);
      }
    } finally {
      queue.splice(queue.indexOf(waiting), 1);
      queue[0]?.wake?.();
    }
  }

  /** A request that was let through has ended; with what its answer says of the windows. */
  finish(core: CoreInstance, minute: Window = UNKNOWN, hour: Window = UNKNOWN): void {
    const handle = this.#of(core);
    handle.finish();
    handle.learn(false, ...minute);
    handle.learn(true, ...hour);
    const [first] = this.#queue;
    // The first that waits goes on, if it does not wait for the same any more.
    if (first?.until !== undefined && first.until !== handle.admit(Date.now(), true)) first.wake?.();
    if (rateLimitOf(minute, hour)) this.#windows = [minute, hour];
  }
}

/** What is known of the windows, as a user reads it; undefined where nothing is. */
export function rateLimitOf(minute: Window, hour: Window): RateLimit | undefined {
  const known: RateLimit = { ...named("minute", minute), ...named("hour", hour) };
  return known.minute || known.hour ? known : undefined;
}

function named(name: "minute" | "hour", [limit, remaining, resetAt]: Window): RateLimit {
  return Number.isNaN(limit + remaining + resetAt) ? {} : { [name]: { limit, remaining, resetAt } };
}
