/** How the API writes a UUID. Another spelling is another id. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Words = [number, number, number, number];

/**
 * The ids that a listing has given, so that none is given twice. A million of them take 32 MB: as strings they would take
 * several times as much, and might keep alive the whole answers that they were cut from.
 */
export class SeenIds {
  /** A hash table with linear probing: four words for each UUID, all zeros where a place is free. */
  #table = new Uint32Array(1024 * 4);
  #count = 0;
  /** Whatever is no UUID, or would look like a free place. */
  readonly #others = new Set<string>();

  /** Adds an id. False where it is known already. */
  add(id: string): boolean {
    const words = UUID.test(id) ? wordsOf(id) : undefined;
    if (!words?.some((word) => word !== 0)) {
      const { size } = this.#others;
      return this.#others.add(id).size > size;
    }
    const place = this.#find(words);
    if (this.#isTaken(place)) return false;
    this.#table.set(words, place);
    this.#count++;
    if (this.#count * 8 > this.#table.length) this.#grow();
    return true;
  }

  /** Where the words are, or else belong. */
  #find([a, b, c, d]: Words): number {
    const table = this.#table;
    const mask = table.length - 1;
    for (let place = Math.imul(a ^ b ^ c ^ d, 0x9e3779b1) << 2; ; place += 4) {
      place &= mask;
      const isHere =
        table[place] === a && table[place + 1] === b && table[place + 2] === c && table[place + 3] === d;
      if (isHere || !this.#isTaken(place)) return place;
    }
  }

  #isTaken(place: number): boolean {
    return this.#table.subarray(place, place + 4).some((word) => word !== 0);
  }

  #grow() {
    const before = this.#table;
    this.#table = new Uint32Array(before.length * 2);
    for (let place = 0; place < before.length; place += 4) {
      const [a = 0, b = 0, c = 0, d = 0] = before.subarray(place, place + 4);
      const words: Words = [a, b, c, d];
      if (words.some((word) => word !== 0)) this.#table.set(words, this.#find(words));
    }
  }
}

function wordsOf(uuid: string): Words {
  const word = (start: number, end: number) => Number.parseInt(uuid.slice(start, end).replace("-", ""), 16);
  return [word(0, 8), word(9, 18), word(19, 28), word(28, 36)];
}
