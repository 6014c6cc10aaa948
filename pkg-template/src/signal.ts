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

/**
 * What the promise settles with, unless one of the signals is aborted before: then it rejects with that one's reason. Whatever may not
 * be a signal yet is left to the core, which checks it.
 */
export async function unlessAborted<T>(promise: Promise<T>, signals: readonly unknown[]): Promise<T> {
  const stops: (() => void)[] = [];
  try {
    return await new Promise<T>((resolve, reject) => {
      promise.then(resolve, reject);
      for (const signal of signals as AbortSignal[]) {
        const abort = () => reject(abortReason(signal));
        try {
          signal.addEventListener("abort", abort);
          stops.push(() => signal.removeEventListener("abort", abort));
        } catch {
          // The core says what is wrong with it.
        }
      }
    });
  } finally {
    for (const stop of stops) stop();
  }
}

/** The signals of old platforms have no reason. */
function abortReason({ reason }: AbortSignal): unknown {
  return reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason;
}
