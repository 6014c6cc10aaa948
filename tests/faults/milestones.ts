import type { Moment } from "./row.ts";

type Counted = Exclude<Moment, "arrival">;

/** Counts what happens in a row, and wakes who waits for it. */
export class Milestones {
  readonly #counts = new Map<Counted, number>();
  readonly #awaited = new Map<string, Array<() => void>>();

  /** One more of these. Returns how many there have been. */
  reach(moment: Counted): number {
    const count = (this.#counts.get(moment) ?? 0) + 1;
    this.#counts.set(moment, count);
    for (const wake of this.#awaited.get(`${moment} ${count}`) ?? []) wake();
    return count;
  }

  /** Resolves at the n-th of these. */
  at(moment: Counted, count: number): Promise<void> {
    if ((this.#counts.get(moment) ?? 0) >= count) return Promise.resolve();
    return new Promise((resolve) => {
      const key = `${moment} ${count}`;
      this.#awaited.set(key, [...(this.#awaited.get(key) ?? []), resolve]);
    });
  }

  isAwaited(moment: Counted, count: number): boolean {
    return this.#awaited.has(`${moment} ${count}`);
  }

  /** The function, its calls counted. */
  counting<Arguments extends unknown[], Value>(moment: Counted, call: (...given: Arguments) => Value) {
    return (...given: Arguments): Value => {
      this.reach(moment);
      return call(...given);
    };
  }
}
