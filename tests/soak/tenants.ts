import type { PhoneNumber } from "instaview-phone-numbers";
import { PhoneNumberGenerator } from "../../pkg-template/src/testing/phone-numbers.ts";
import {
  type RateLimitDecision,
  RateLimiter,
  type RateLimits,
} from "../../pkg-template/src/testing/rate-limit.ts";
import type { Random } from "./random.ts";
import { UnreliableStore } from "./store.ts";

/**
 * How a key is used, and what is done to its requests:
 * - `calm`: one client, whose every request gets a response with what the server knows of the rate limit.
 * - `rough`: one client, and any fault but what is said falsely of the rate limit.
 * - `misled`: one client, and any fault at all.
 * - `crowded`: many clients that don't know of one another, and any fault at all.
 * - `shared`: the same, with a store of rate limits that they share, and that fails now and then.
 */
export const CHARACTERS = ["calm", "rough", "misled", "crowded", "shared"] as const;
export type Character = (typeof CHARACTERS)[number];

/** A company with a key of its own. */
export class Tenant {
  readonly key: string;
  readonly character: Character;
  readonly limits: RateLimits;
  readonly store: UnreliableStore | undefined;
  /** What the server has at the moment, the newest first. */
  phoneNumbers: readonly PhoneNumber[];
  /** Rises with every number that is added or removed. */
  version = 0;
  /** Requests that the server has counted, and responses whose report of the rate limit the client has read. */
  counted = 0;
  reported = 0;
  /** The calls whose requests the server had to refuse, though their client had read a report before it sent them. */
  readonly refused: string[] = [];
  readonly #calls = new Map<{ peers: number }, number>();
  readonly #limiter: RateLimiter;
  readonly #spare: PhoneNumber[];
  readonly #used = { minute: { start: 0, count: 0 }, hour: { start: 0, count: 0 } };

  constructor(name: string, character: Character, random: Random) {
    this.key = `sk_test_Soak${name}`;
    this.character = character;
    this.store =
      character === "shared" ? new UnreliableStore(`${name} ${random.integer(1, 1_000_000)}`) : undefined;
    this.limits = { minute: random.pick([1, 3, 12, 60, 600]), hour: random.pick([20, 100, 500, 2_000]) };
    this.#limiter = new RateLimiter(this.limits);
    const generator = new PhoneNumberGenerator(random.integer(1, 1_000_000));
    const companyId = `00000000-0000-4000-8000-${String(random.integer(0, 999_999)).padStart(12, "0")}`;
    this.phoneNumbers = generator.company(companyId, random.pick([0, 1, 20, 41, 100, 237, 400]));
    this.#spare = generator.company(companyId, 20);
  }

  /** A call shares the rate limit with so many requests, until the function that it gets is called. */
  share(call: { peers: number }, requests: number): () => void {
    this.#calls.set(call, requests);
    const peers = [...this.#calls.values()].reduce((sum, requests) => sum + requests, 0);
    for (const other of this.#calls.keys()) other.peers = Math.max(other.peers, peers);
    return () => void this.#calls.delete(call);
  }

  /** Whether all users have one client, or many clients come and go. */
  get hasOneClient(): boolean {
    return this.character !== "crowded" && this.character !== "shared";
  }

  /** Whether the rule of the README holds for its client: no request is sent that the server must refuse. */
  get isKept(): boolean {
    return this.character === "calm" || this.character === "rough";
  }

  /** Adds or removes a number somewhere. */
  change(random: Random) {
    const numbers = [...this.phoneNumbers];
    const at = random.integer(0, numbers.length);
    const spare = random.chance(0.6) ? this.#spare.pop() : undefined;
    if (spare) numbers.splice(at, 0, spare);
    else numbers.splice(at, 1);
    this.phoneNumbers = numbers;
    this.version += 1;
  }

  /** Counts a request as InstaView does, and once more by hand: whether one window already had all that it allows. */
  count(now: number): { decision: RateLimitDecision; isOver: boolean } {
    this.counted += 1;
    const { minute, hour } = this.#used;
    const over = [
      { window: minute, length: 60_000, limit: this.limits.minute },
      { window: hour, length: 3_600_000, limit: this.limits.hour },
    ].filter(({ window, length, limit }) => {
      const start = now - (now % length);
      if (window.start !== start) Object.assign(window, { start, count: 0 });
      return window.count >= limit;
    });
    const isOver = over.length > 0;
    if (!isOver) {
      minute.count += 1;
      hour.count += 1;
    }
    return { decision: this.#limiter.take(this.key, now), isOver };
  }
}
