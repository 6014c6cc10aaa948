import { afterAll, afterEach, beforeAll } from "vitest";
import { SANDBOX_KEYS, type Sandbox, startSandbox } from "../../www/sandbox/index.ts";

/**
 * A sandbox for the tests of a file, as new for each; and options that reach it with the key of the large company, for a
 * single attempt.
 */
export function useSandbox() {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ rateLimit: { minute: 1_000_000, hour: 1_000_000 } });
  });
  afterEach(() => sandbox.reset());
  afterAll(() => sandbox.close());
  return {
    get sandbox() {
      return sandbox;
    },
    get options() {
      return { apiKey: SANDBOX_KEYS.company, baseUrl: sandbox.url, maxRetries: 0 };
    },
  };
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("The promise was expected to reject.");
}
