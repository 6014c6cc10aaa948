/** Calls back for every rejection in Node that nobody handles, until the function that it returns is called. */
export function onUnhandledRejection(listener: (reason: unknown) => void): () => void {
  // The test runner's own listeners would fail the run for what is done on purpose.
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", listener);
  return () => {
    process.removeListener("unhandledRejection", listener);
    for (const other of others) process.on("unhandledRejection", other);
  };
}
