import { START } from "./row.ts";

/** A timer that somebody waits for. */
interface Timer {
  due: number;
  callback: () => void;
  /** A backoff or a rate-limit wait passes by itself, unless the row holds it; an attempt's timeout does not. */
  passes: boolean;
}

const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout } = globalThis;
const realNow = Date.now;
const realRandom = Math.random;

/** Real milliseconds, since any moment. */
export const realElapsed = performance.now.bind(performance);

/** Lets everything run that is ready to, in real time. */
export const turn = () => new Promise<void>((resolve) => realSetTimeout(resolve, 0));

/** Rejects after so many real milliseconds; `cancel` prevents it. */
export function deadline(milliseconds: number, message: string) {
  let cancel = () => {};
  const passed = new Promise<never>((_, reject) => {
    const timer = realSetTimeout(() => reject(new Error(message)), milliseconds);
    cancel = () => realClearTimeout(timer);
  });
  return { passed, cancel };
}

/**
 * Time that stands still while an attempt is under way, in place of the global timers, `Date.now` and `performance.now`;
 * and a `Math.random` that is always 0.5, so that every backoff takes half of what it may.
 */
export class VirtualClock {
  readonly start = START;
  now = START;
  /** Called at the start of every wait. Whether it passes by itself. */
  onWait: () => boolean = () => true;
  protected readonly timers = new Map<number, Timer>();
  protected lastId = 0;
  #expectedWait: number | undefined;

  install() {
    const set = (callback: () => void, milliseconds = 0) => this.#set(callback, milliseconds);
    globalThis.setTimeout = ((callback: () => void, milliseconds?: number, ...rest: unknown[]) =>
      isPlatform() ? realSetTimeout(callback, milliseconds, ...rest) : set(callback, milliseconds)) as never;
    globalThis.clearTimeout = ((timer: number) => {
      if (this.timers.delete(timer)) this.passWaits();
      else realClearTimeout(timer);
    }) as never;
    Date.now = () => this.now;
    // From any moment on, but not the one of `Date.now`, so that nothing takes one for the other.
    performance.now = () => this.now - this.start + 1_000;
    Math.random = () => 0.5;
  }

  uninstall() {
    Object.assign(globalThis, { setTimeout: realSetTimeout, clearTimeout: realClearTimeout });
    Date.now = realNow;
    performance.now = realElapsed;
    Math.random = realRandom;
  }

  /** The next timer of so many milliseconds is a wait. A call behind others in the queue has none. */
  expectWait(milliseconds: number) {
    this.#expectedWait = milliseconds;
  }

  /** Moves on to the timer that is due next, and calls it. */
  pass() {
    const [next] = [...this.timers].sort(([, a], [, b]) => a.due - b.due);
    if (!next) throw new Error("No timer is pending");
    const [id, { due, callback }] = next;
    this.timers.delete(id);
    this.now = Math.max(this.now, due);
    callback();
  }

  get pending(): number {
    return this.timers.size;
  }

  #set(callback: () => void, milliseconds: number): number {
    // Negative, because the platform's are not.
    this.lastId -= 1;
    const id = this.lastId;
    this.timers.set(id, { due: this.now + milliseconds, callback, passes: this.passes(milliseconds) });
    this.passWaits();
    return id;
  }

  /** Whether a timer of so many milliseconds passes by itself. */
  protected passes(milliseconds: number): boolean {
    const isWait = milliseconds === this.#expectedWait;
    if (isWait) this.#expectedWait = undefined;
    return isWait && this.onWait();
  }

  /** Moves on once nothing but such waits is pending. */
  protected passWaits() {
    void turn().then(() => {
      const timers = [...this.timers.values()];
      if (timers.length > 0 && timers.every(({ passes }) => passes)) this.pass();
    });
  }
}

/** Whether Node itself asks for a timer: its fetch uses the global functions for what it keeps between requests. */
function isPlatform(): boolean {
  const caller = new Error().stack?.split("\n")[3];
  return caller?.includes("node:internal") === true;
}
