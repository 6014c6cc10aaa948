type Report = (error: unknown) => void;

/** Watches for what a call must not leave behind: listeners on its signal, unhandled rejections, and errors in the log. */
export function watch(signal: AbortSignal, onUnhandledRejection: (listener: Report) => () => void) {
  const unhandled: unknown[] = [];
  const stopListening = onUnhandledRejection((reason) => unhandled.push(reason));
  const listeners = countListeners(signal);
  const reports = collectReports();
  return {
    stop() {
      stopListening();
      reports.stop();
    },
    failures(expectedReports: number): string[] {
      const failures = unhandled.map((reason) => `unhandled rejection: ${String(reason)}`);
      if (listeners.size > 0) failures.push(`listeners left on the signal: ${listeners.size}`);
      const reported = reports.errors.map(String);
      if (reported.length !== expectedReports)
        failures.push(`reported: ${reported.join("; ") || "nothing"}, not ${expectedReports}`);
      return failures;
    },
  };
}

/** The listeners that are on the signal now. */
export function countListeners(signal: AbortSignal): ReadonlySet<unknown> {
  const listeners = new Set<unknown>();
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...given: Parameters<typeof addEventListener>) => {
    listeners.add(given[1]);
    addEventListener.apply(signal, given);
  };
  signal.removeEventListener = (...given: Parameters<typeof removeEventListener>) => {
    listeners.delete(given[1]);
    removeEventListener.apply(signal, given);
  };
  return listeners;
}

/** Where errors are reported: `reportError`, and the console where there is none. */
export function collectReports() {
  const errors: unknown[] = [];
  const collect: Report = (error) => void errors.push(error);
  const { reportError } = globalThis as { reportError?: Report };
  const consoleError = console.error;
  if (reportError) Object.assign(globalThis, { reportError: collect });
  console.error = collect;
  const stop = () => {
    if (reportError) Object.assign(globalThis, { reportError });
    console.error = consoleError;
  };
  return { errors, stop };
}
