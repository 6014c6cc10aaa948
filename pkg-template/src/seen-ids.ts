/** A UUID's 128 bits. */
type Words = [number, number, number, number];

/**
 * The ids that a listing has given, so that none is given twice: at most 64 bytes for each, apart from JavaScript's heap.
 * As a string, each might keep alive the whole body that it is a slice of.
 */
export class SeenIds {
  /** A hash table with linear probing: four words in each slot, all zeros where it is free. */
  #table = new Uint32Array(1024 * 4);
  #count = 0;
  /** So that a server cannot choose ids that all hash to one slot. */
  readonly #seed = Math.random() * 2 ** 32;
  /** Whatever is no UUID, or would look like a free slot. */
  readonly #others = new Set<string>();

  /** Adds an id. False where it is known already. */
  add(id: string): boolean {
    const words = wordsOf(id);
    if (!words || isFree(words, 0)) {
      const { size } = this.#others;
      return this.#others.add(id).size > size;
    }
    if (!this.#insert(words)) return false;
    this.#count++;
    if (this.#count * 8 > this.#table.length) this.#grow();
    return true;
  }

  /** Inserts the words. False where they are there already. */
  #insert(words: Words): boolean {
    const table = this.#table;
    let hash = this.#seed;
    for (const word of words) {
      hash = Math.imul(hash ^ word, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    for (let slot = hash << 2; ; slot += 4) {
      slot &= table.length - 1;
      if (isFree(table, slot)) {
        table.set(words, slot);
        return true;
      }
      const [a, b, c, d] = words;
      if (table[slot] === a && table[slot + 1] === b && table[slot + 2] === c && table[slot + 3] === d) {
        return false;
      }
    }
  }

  #grow() {
    const before = this.#table;
    this.#table = new Uint32Array(before.length * 2);
    for (let slot = 0; slot < before.length; slot += 4) {
      if (!isFree(before, slot)) this.#insert([...before.subarray(slot, slot + 4)] as Words);
    }
  }
}

function isFree(words: ArrayLike<number>, slot: number): boolean {
  return !(words[slot] || words[slot + 1] || words[slot + 2] || words[slot + 3]);
}

/** The words of a UUID as the API writes it: one that is written otherwise is another id. */
function wordsOf(id: string): Words | undefined {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return undefined;
  const word = (start: number, end: number) => Number.parseInt(id.slice(start, end).replace("-", ""), 16);
  return [word(0, 8), word(9, 18), word(19, 28), word(28, 36)];
}
