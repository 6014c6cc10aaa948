import type { RateLimitReport, RateLimitStore } from "instaview-phone-numbers";
import { Random } from "./random.ts";

type Decision = Awaited<ReturnType<RateLimitStore["admit"]>>;

/** A store of rate limits that mostly lets requests through, makes some wait, and fails in every way now and then. */
export class UnreliableStore implements RateLimitStore {
  readonly #random: Random;
  #permits = 0;

  constructor(seed: string) {
    this.#random = new Random(seed);
  }

  async admit(): Promise<Decision> {
    const random = this.#random;
    await this.#mayFail();
    if (random.chance(0.02))
      return random.pick<never>([undefined, {}, { admitted: false, delay: -1 }] as never[]);
    if (random.chance(0.15)) {
      const window = random.pick(["minute", "hour", "retry-after"] as const);
      return { admitted: false, delay: 10 * random.integer(0, 300), window };
    }
    this.#permits += 1;
    return { admitted: true, permit: String(this.#permits) };
  }

  async finish(_id: string, _permit: string, _report: RateLimitReport): Promise<void> {
    this.#mayFail();
  }

  #mayFail() {
    const random = this.#random;
    if (random.chance(0.03)) throw random.pick([new Error("down"), undefined, "down"]);
  }
}
