/**
 * Follows a promise until it settles or is released, whichever comes first.
 *
 * What waits for a promise in Rust is only freed once that promise settles. One of the caller's or the platform's may never do so; this
 * one does when it is released.
 */
export class Pending {
  /** @param {unknown} value - A promise, or whatever a foreign function returned in its place. */
  constructor(value) {
    /** @type {Promise<unknown>} */
    this.promise = new Promise((resolve, reject) => {
      /** @type {() => void} */
      this.release = () => resolve(undefined);
      // Takes what `then` of a foreign value throws, too.
      new Promise((settle) => settle(value)).then(resolve, reject);
    });
  }

  /**
   * Calls back when it settles.
   *
   * @param {(isFulfilled: boolean, value: unknown) => void} onSettled
   */
  whenSettled(onSettled) {
    this.promise.then(
      (value) => onSettled(true, value),
      (reason) => onSettled(false, reason),
    );
  }

  /**
   * Calls a foreign function that should return a promise. Where it throws, this is a promise that rejects: an exception would
   * leave a slot in the core's table of values occupied, as `parse.js` says.
   *
   * @param {(...args: unknown[]) => unknown} callee
   * @param {unknown} self
   * @param {unknown[]} args
   */
  static call(callee, self, ...args) {
    try {
      return Reflect.apply(callee, self, args);
    } catch (thrown) {
      return Promise.reject(thrown);
    }
  }

  /**
   * Ignores what becomes of a promise, also where it rejects.
   *
   * @param {unknown} value - A promise, or whatever a foreign function returned in its place.
   */
  static ignore(value) {
    new Promise((settle) => settle(value)).catch(() => {});
  }

  /**
   * Cancels the body of a response that may still arrive, from a fetch that ignored its signal.
   *
   * @param {any} fetched - What fetch returned.
   */
  static cancelWhenFetched(fetched) {
    Pending.ignore(new Promise((settle) => settle(fetched)).then((response) => response?.body?.cancel()));
  }
}
