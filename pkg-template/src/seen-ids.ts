/** How the API writes a UUID. Another spelling is another id. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A UUID's 128 bits. */
type Words = [number, number, number, number];

/**
 * The ids that a listing has given, so that none is given twice: at most 64 bytes for each, apart from JavaScript's heap.
 * As a string, each might keep alive the whole answer that it was cut from.
 */
export class SeenIds {
  /** A hash table with linear probing: four words at each place, all zeros where it is free. */
  #table = new Uint32Array(1024 * 4);
  #count = 0;
  /** Which place is an id's is not for the server to know. */
  readonly #seed = Math.random() * 2 ** 32;
  /** Whatever is no UUID, or would look like a free place. */
  readonly #others = new Set<string>();

  /** Adds an id. False where it is known already. */
  add(id: string): boolean {
    const words = UUID.test(id) ? wordsOf(id) : undefined;
    if (!words || isFree(words, 0)) {
      const { size } = this.#others;
      return this.#others.add(id).size > size;
    }
    if (!this.#put(words)) return false;
    this.#count++;
    if (this.#count * 8 > this.#table.length) this.#grow();
    return true;
  }

  /** Puts the words where they belong. False where they are there already. */
  #put(words: Words): boolean {
    const table = this.#table;
    let hash = this.#seed;
    for (const word of words) {
      hash = Math.imul(hash ^ word, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    for (let place = hash << 2; ; place += 4) {
      place &= table.length - 1;
      if (isFree(table, place)) {
        table.set(words, place);
        return true;
      }
      const [a, b, c, d] = words;
      if (table[place] === a && table[place + 1] === b && table[place + 2] === c && table[place + 3] === d) {
        return false;
      }
    }
  }

  #grow() {
    const before = this.#table;
    this.#table = new Uint32Array(before.length * 2);
    for (let place = 0; place < before.length; place += 4) {
      if (!isFree(before, place)) this.#put([...before.subarray(place, place + 4)] as Words);
    }
  }
}

function isFree(words: ArrayLike<number>, place: number): boolean {
  return !(words[place] || words[place + 1] || words[place + 2] || words[place + 3]);
}

function wordsOf(uuid: string): Words {
  const word = (start: number, end: number) => Number.parseInt(uuid.slice(start, end).replace("-", ""), 16);
  return [word(0, 8), word(9, 18), word(19, 28), word(28, 36)];
}
