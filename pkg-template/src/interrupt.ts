import { subscribe, unsubscribe } from "./abort.ts";
import { Failed, failedBecause } from "./failed.ts";

/** What ends a call early, the caller's abort, or one attempt of it, the timeout. Both leave nothing behind. */
export class Interrupt {
  /** Whether the caller has aborted the call. */
  isAborted = false;
  /** Throws the reason of the caller's abort, or what ended the core; nothing while there is neither. */
  #ended: (() => never) | undefined;
  #isLate = false;
  #deadline: number | undefined;
  #clock: ReturnType<typeof setTimeout> | undefined;
  #controller: AbortController | undefined;
  #settle: (() => void) | undefined;
  readonly #timeout: number;
  readonly #watched: [AbortSignal, () => void][] = [];

  /** @param timeout - Milliseconds for one attempt. */
  constructor(timeout: number) {
    this.#timeout = timeout;
  }

  /** Watches signals until it is closed. */
  watch(signals: (AbortSignal | undefined)[]): void {
    for (const signal of signals) {
      if (!signal) continue;
      const abort = () => this.#abort(signal);
      try {
        if (signal.aborted === true) abort();
        else subscribe(signal, abort);
      } catch {
        throw failedBecause("invalid_argument", "signal", "an AbortSignal", "an object that throws");
      }
      this.#watched.push([signal, abort]);
    }
  }

  /** Throws where there has been an interruption. */
  check(): void {
    // A body that is always ready keeps timers from running: the clock is looked at too.
    if (this.#deadline && performance.now() > this.#deadline) this.#expire();
    if (this.#isLate) throw new Failed("timeout", `No complete answer within ${this.#timeout} ms`);
    this.#ended?.();
  }

  /** Ends the call, whatever it waits for. An attempt that is late already ends as such. */
  end(thrown: unknown): void {
    if (this.#ended) return;
    this.#ended = () => {
      throw thrown;
    };
    this.#interrupt();
  }

  #abort(signal: AbortSignal): void {
    if (this.#ended) return;
    this.isAborted = true;
    let reason: unknown;
    try {
      reason = signal.reason;
    } catch (thrown) {
      reason = thrown;
    }
    this.end(reason);
  }

  #expire(): void {
    if (this.#ended) return;
    this.#isLate = true;
    this.#interrupt();
  }

  #interrupt(): void {
    this.#controller?.abort();
    this.#settle?.();
  }

  /** Starts the clock of an attempt; its signal is what ends the request. */
  start(): AbortSignal {
    this.#controller = new AbortController();
    this.#deadline = performance.now() + this.#timeout;
    this.#clock = setTimeout(() => this.#expire(), this.#timeout);
    return this.#controller.signal;
  }

  /** A timeout ends one attempt alone. */
  stop(): void {
    clearTimeout(this.#clock);
    this.#controller = undefined;
    this.#deadline = undefined;
    this.#isLate = false;
  }

  /**
   * What becomes of a promise of the caller's or the platform's, unless there is an interruption. What it does after that is
   * nobody's business, and never an unhandled rejection. What is thrown is told as `failed` says.
   */
  async race<T>(make: () => T | PromiseLike<T>, failed: (thrown: unknown) => Failed): Promise<T> {
    this.check();
    try {
      return await new Promise<T>((resolve, reject) => {
        this.#settle = () => reject();
        new Promise<T>((resolve) => resolve(make())).then(resolve, (thrown) => reject(failed(thrown)));
      });
    } finally {
      this.check();
    }
  }

  /** Waits to be woken, for so many milliseconds at most where they are given. */
  async sleep(milliseconds: number | undefined, onSleep?: (wake: () => void) => void): Promise<void> {
    this.check();
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      this.#settle = resolve;
      onSleep?.(resolve);
      if (milliseconds !== undefined) timer = setTimeout(resolve, milliseconds);
    });
    clearTimeout(timer);
    this.check();
  }

  close(): void {
    for (const [signal, abort] of this.#watched) {
      try {
        unsubscribe(signal, abort);
      } catch {
        // The caller's signal may throw, and is not needed any more.
      }
    }
  }
}
