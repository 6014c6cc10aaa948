import { VirtualClock } from "../faults/clock.ts";

/** As many turns of the event loop in which nothing happens show that nothing will. */
const QUIET_TURNS = 3;

const realSetImmediate = globalThis.setImmediate;

/** Everything that is ready to run has run. */
export async function quiet() {
  for (let turns = 0; turns < QUIET_TURNS; turns += 1) {
    await new Promise<void>((resolve) => realSetImmediate(resolve));
  }
}

/**
 * Time that moves on to the next timer as soon as nothing else is under way, so that hours of waits pass in a moment; and that
 * stands still while a request and its response are on their way through real sockets, so that no timeout depends on the machine.
 */
export class SoakClock extends VirtualClock {
  /** Whether time stands still whatever happens. */
  isStopped = false;
  #isWatching = false;
  #holds = 0;
  /** The timers of the soak itself. */
  readonly #own = new Set<unknown>();

  /** The timer that was set last. Of an attempt, just before its fetch: its timeout. */
  get latest(): number {
    return this.lastId;
  }

  /** Time stands still until this timer is cleared or released. */
  hold(timer: number) {
    const held = this.timers.get(timer);
    if (held) held.passes = false;
  }

  /** Nothing more is on its way for who set this timer. */
  release(timer: number) {
    const released = this.timers.get(timer);
    if (released) released.passes = true;
  }

  /** Time stands still until the promise has settled. */
  async holdDuring<T>(promise: Promise<T>): Promise<T> {
    this.#holds += 1;
    try {
      return await promise;
    } finally {
      this.#holds -= 1;
    }
  }

  /** Calls back after so many virtual milliseconds, unless that is cancelled. */
  after(milliseconds: number, callback: () => void): () => void {
    const timer = setTimeout(() => {
      this.#own.delete(timer);
      callback();
    }, milliseconds);
    this.#own.add(timer);
    return () => {
      this.#own.delete(timer);
      clearTimeout(timer);
    };
  }

  /** Resolves after so many virtual milliseconds. */
  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.after(milliseconds, resolve));
  }

  /** How many timers there are beside those of the soak itself. */
  get foreignTimers(): number {
    return this.timers.size - this.#own.size;
  }

  /** Moves on to the next full hour, when both windows of a server start. */
  startHour() {
    this.now = Math.ceil((this.now + 1) / 3_600_000) * 3_600_000;
  }

  /** Forgets all timers. */
  clear() {
    this.timers.clear();
    this.#own.clear();
  }

  protected override passes(): boolean {
    return true;
  }

  protected override passWaits() {
    if (!this.#isWatching) void this.#watch();
  }

  async #watch() {
    this.#isWatching = true;
    while (this.timers.size > 0) {
      await quiet();
      const isHeld =
        this.isStopped || this.#holds > 0 || [...this.timers.values()].some(({ passes }) => !passes);
      if (!isHeld && this.timers.size > 0) this.pass();
    }
    this.#isWatching = false;
  }
}
