import {
  type ClientEvent,
  type InstaViewErrorType,
  isInstaViewError,
  type RequestOptions,
} from "instaview-phone-numbers";
import type { Page } from "../../pkg-template/src/testing/envelopes.ts";
import type { ScriptedAnswer } from "../../www/sandbox/scripted-answers.ts";
import { type Ending, nameOf } from "../faults/harness.ts";
import { countListeners } from "../faults/watch.ts";
import type { Checker } from "./checker.ts";
import type { SoakClock } from "./clock.ts";
import type { Fault } from "./faults.ts";
import type { Tenant } from "./tenants.ts";

/** The header by which the server knows the call of a request. */
export const CALL_HEADER = "x-soak-call";

/** The longest timeout of any call: a call may have to wait until another one's request has ended. */
export const LONGEST_TIMEOUT = 30_011;

const LONGEST_BACKOFF = 8_000;

/** When a call is aborted: at the n-th event or arrival of this kind, or some time after its start. */
export interface AbortPlan {
  at: ClientEvent["type"] | "before" | "start" | "arrival" | "head" | "later";
  count: number;
  /** Virtual milliseconds, for `later`. */
  after: number;
  reason: unknown;
}

/** What a call is limited by. */
export interface Limits {
  timeout: number;
  maxRetries: number;
  maxRateLimitWait: number;
}

/** What it is: nothing for a call that has a script. */
interface Kind {
  tenant?: Tenant | undefined;
  plan?: AbortPlan | undefined;
  isListing?: boolean;
  /** How many requests it may have under way. */
  concurrency?: number;
}

interface Surroundings {
  clock: SoakClock;
  checker: Checker;
}

/** A call of a user, or a listing: what was done to it, and what it may come to. */
export class SoakCall {
  readonly name: string;
  readonly tenant: Tenant | undefined;
  readonly limits: Limits;
  readonly controller = new AbortController();
  /** Those on its signal now. */
  readonly listeners = countListeners(this.controller.signal);
  /** What a row of the fault table answers, in turn. */
  script: ScriptedAnswer[] | undefined;
  readonly faults = new Set<Fault>();
  /** Other types that it may reject with. */
  readonly types = new Set<InstaViewErrorType>(["rate_limit"]);
  /** The page that was sent last for each number. */
  readonly sent = new Map<number, Page>();
  /** How often each page was requested, and when it may be again. */
  readonly arrivals = new Map<number, number>();
  readonly notBefore = new Map<number, number>();
  requests = 0;
  sentRequests = 0;
  /** Whether a page said something false of the listing. */
  isMisled = false;
  abortedAt: number | undefined;
  isEnded = false;
  /** The most requests that shared its rate limit at any time. */
  peers = 1;
  /** Virtual milliseconds of the waits that it has announced. */
  #announced = 0;
  readonly #plan: AbortPlan | undefined;
  #reached = 0;
  readonly #isListing: boolean;
  readonly #version: number | undefined;
  readonly #leave: () => void;
  #cancel = () => {};
  readonly #settlements: number[] = [];
  readonly #clock: SoakClock;
  readonly #checker: Checker;

  constructor(
    { clock, checker }: Surroundings,
    name: string,
    limits: Limits,
    { tenant, plan, isListing = false, concurrency = 1 }: Kind = {},
  ) {
    this.#clock = clock;
    this.#checker = checker;
    this.name = name;
    this.limits = limits;
    this.tenant = tenant;
    this.#plan = plan;
    this.#isListing = isListing;
    this.#version = tenant?.version;
    checker.calls += 1;
    this.#leave = tenant?.share(this, concurrency) ?? (() => {});
    if (plan?.at === "before") this.abort();
    if (plan?.at === "later") this.#cancel = clock.after(plan.after, () => this.abort());
  }

  get options(): RequestOptions {
    const { timeout, maxRetries } = this.limits;
    return {
      timeout,
      maxRetries,
      signal: this.controller.signal,
      headers: { [CALL_HEADER]: this.name },
      onEvent: (event) => this.onEvent(event),
    };
  }

  /** Whether the listing may look as if it had changed while it was read. */
  get mayLookChanged(): boolean {
    return this.#isListing && (this.isMisled || this.tenant?.version !== this.#version);
  }

  /** Something happened at which it may have to be aborted. */
  reach(moment: AbortPlan["at"]) {
    if (this.#plan?.at !== moment) return;
    this.#reached += 1;
    if (this.#reached === this.#plan.count) this.abort();
  }

  onEvent(event: ClientEvent) {
    if (event.type === "request") this.sentRequests += 1;
    if (event.type === "response" && event.rateLimit && this.tenant) this.tenant.reported += 1;
    if (event.type === "rateLimitWait") {
      this.#announced += event.delay;
      const { maxRateLimitWait } = this.limits;
      this.complainUnless(
        event.delay <= maxRateLimitWait,
        `waits for ${event.delay} ms, over ${maxRateLimitWait}`,
      );
    }
    if (event.type === "listingChanged")
      this.complainUnless(this.mayLookChanged, "a listingChanged event without a change");
    this.reach(event.type);
  }

  abort() {
    if (this.isEnded || this.abortedAt !== undefined) return;
    this.abortedAt = this.#clock.now;
    this.controller.abort(this.#plan?.reason);
  }

  complain(message: string) {
    this.#checker.complain(this.name, message);
  }

  complainUnless(holds: boolean, message: string) {
    if (!holds) this.complain(message);
  }

  /**
   * Waits until a promise of the call has settled, which must be within the bound of so many pages: each has its attempts, and for each of
   * them a key, a request, a backoff, and its turn in the queue behind all that share the rate limit.
   */
  async settled(promise: PromiseLike<unknown>, pages = 1): Promise<Ending> {
    const start = this.#clock.now;
    const before = this.#announced;
    const index = this.#settlements.push(0) - 1;
    const settle = (ending: Ending) => {
      this.#settlements[index] = (this.#settlements[index] ?? 0) + 1;
      return ending;
    };
    const ending = await new Promise<Ending>((resolve) => {
      promise.then(
        (value) => resolve(settle({ type: "fulfilled", value })),
        (reason: unknown) => resolve(settle({ type: "rejected", reason })),
      );
    });
    const taken = this.#clock.now - start - (this.#announced - before);
    const { timeout, maxRetries, maxRateLimitWait } = this.limits;
    const turn = maxRateLimitWait + 2 * LONGEST_TIMEOUT;
    const bound = pages * (maxRetries + 1) * (2 * timeout + LONGEST_BACKOFF + this.peers * turn);
    this.complainUnless(taken <= bound, `settled after ${taken} virtual ms, over its bound of ${bound}`);
    // A row of the fault table is compared with what it says itself.
    if (this.script) return ending;
    if (ending.type === "rejected") this.#checkReason(ending.reason, start);
    else if (!isDone(ending.value))
      this.#checkAborted(JSON.stringify(ending.value)?.slice(0, 100) ?? "undefined");
    return ending;
  }

  /** It is over: nothing may be left of it. */
  end(ending: Ending | undefined) {
    this.isEnded = true;
    this.#cancel();
    this.#leave();
    this.#checker.countOutcome(nameOf(ending));
    this.complainUnless(this.listeners.size === 0, `listeners left on the signal: ${this.listeners.size}`);
  }

  /** At the end of the round: each promise has settled once. */
  checkSettlements() {
    for (const count of this.#settlements) {
      this.complainUnless(count === 1, count === 0 ? "does not settle" : `settled ${count} times`);
    }
  }

  #checkAborted(received: string) {
    if (this.abortedAt === undefined) return;
    const { at, count } = this.#plan ?? {};
    this.complain(`aborted (${at} ${count}), but settled with ${received}`);
  }

  #checkReason(reason: unknown, start: number) {
    if (this.abortedAt !== undefined) {
      const isReason = Object.is(reason, this.controller.signal.reason);
      if (!isReason) this.#checkAborted(String(reason));
      const late = this.#clock.now - Math.max(this.abortedAt, start);
      this.complainUnless(late === 0, `the abort took ${late} virtual ms`);
      return;
    }
    if (!isInstaViewError(reason)) {
      this.complain(`rejected with something else than an InstaViewError: ${String(reason)}`);
      return;
    }
    const types = new Set([...this.types, ...[...this.faults].flatMap(({ types }) => types)]);
    if (this.mayLookChanged) types.add("listing_changed");
    const expected = `not one of ${[...types].join(", ")}`;
    this.complainUnless(
      types.has(reason.type),
      `rejected with ${reason.type}, ${expected} (${reason.message})`,
    );
    const { maxRetries } = this.limits;
    this.complainUnless(
      reason.attempts <= maxRetries + 1,
      `${reason.attempts} attempts, over ${maxRetries + 1}`,
    );
  }
}

/** Whether it is the end of an iteration. */
function isDone(value: unknown): boolean {
  return (value as Partial<IteratorResult<unknown>> | undefined)?.done === true;
}
