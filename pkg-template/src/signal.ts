/** Throws the reason of the caller's abort. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  let isAborted = false;
  try {
    isAborted = signal?.aborted === true;
  } catch {
    // A signal that refuses to be read is reported by the next request.
  }
  if (signal && isAborted) throw abortReason(signal);
}

/** Of each signal that is watched, a promise that rejects when it is aborted: Node warns of a signal with more than ten listeners. */
const watched = new Map<unknown, Promise<never>>();

/**
 * What the promise settles with, unless one of the signals is aborted meanwhile: then it rejects with that one's reason. Whatever
 * may be no signal, or is aborted already, is left to the core, which checks the other options first.
 */
export function unlessAborted<T>(promise: Promise<T>, signals: readonly unknown[]): Promise<T> {
  return Promise.race([promise, ...signals.map((signal) => abortDuring(promise, signal as AbortSignal))]);
}

function abortDuring(promise: Promise<unknown>, signal: AbortSignal): Promise<never> {
  const known = watched.get(signal);
  if (known) return known;
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = () => reject(abortReason(signal));
    const stop = () => {
      watched.delete(signal);
      try {
        signal.removeEventListener("abort", onAbort);
      } catch {
        // Then it calls a function that does nothing any more.
      }
    };
    promise.then(stop, stop);
    try {
      signal.addEventListener("abort", onAbort);
    } catch {
      // It is none, or the core says what is wrong with it.
    }
  });
  // In a race that is over, nobody else takes it.
  aborted.catch(() => {});
  watched.set(signal, aborted);
  return aborted;
}

/** The signals of old platforms have no reason. As `reasonOf` of the core, which is loaded later. */
function abortReason(signal: AbortSignal): unknown {
  try {
    const { reason } = signal;
    return reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason;
  } catch (thrown) {
    return thrown;
  }
}
