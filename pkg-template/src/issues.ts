import type { Issue } from "../wasm/core.js";
import { InstaViewError } from "./error.ts";

/** All issues in one sentence, in the core's form: `page: expected 3, received 1; total: expected …`. */
export function summary(issues: Issue[]): string {
  return issues
    .map(({ path, expected, received }) => `${path}: expected ${expected}, received ${received}`)
    .join("; ");
}

/** An issue with an argument. */
export function issueOf(path: string, expected: string, received: unknown): Issue {
  const isShort = typeof received === "number" || received === null || received === undefined;
  return { path, expected, received: isShort ? String(received) : `a value of type ${typeof received}` };
}

/** The failure of a call whose arguments are wrong. */
export function invalidArgument(issues: Issue[], message = summary(issues)): InstaViewError {
  return new InstaViewError(message, { type: "invalid_argument", issues });
}
