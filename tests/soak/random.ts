import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Choices that are the same for the same seed. */
export class Random {
  readonly #generator;

  constructor(...seed: (string | number)[]) {
    this.#generator = xoroshiro128plus(hash(seed.join(" ")));
  }

  /** Both included. */
  integer(least: number, most: number): number {
    return uniformInt(this.#generator, least, most);
  }

  /** From 0 to 1, as `Math.random`. */
  fraction(): number {
    return this.integer(0, 2 ** 31 - 1) / 2 ** 31;
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.integer(0, choices.length - 1)] as T;
  }
}

/** FNV-1a, so that seeds that differ little give choices that differ much. */
function hash(text: string): number {
  let hashed = 0x811c9dc5;
  for (const sign of text) hashed = Math.imul(hashed ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  return hashed | 0;
}
