import type { Environment, Outcome, PhoneNumberPage } from "../wasm/core.js";
import { type CoreInstance, withCore } from "./core.ts";
import { InstaViewError } from "./error.ts";
import { explain } from "./explain.ts";

/** Makes a call of the core, and gives its outcome the form of a promise: the page, or what the call rejects with. */
export async function call(
  list: (core: CoreInstance, environment: Environment) => Promise<Outcome>,
): Promise<PhoneNumberPage> {
  let outcome: Outcome;
  try {
    outcome = await withCore(list);
  } catch (cause) {
    throw new InstaViewError(...explain(cause));
  }
  switch (outcome.type) {
    case "page":
      return outcome.page;
    case "aborted":
      throw outcome.reason;
    case "failure": {
      const { failure, type: _, ...rest } = outcome;
      throw new InstaViewError(failure.message, { ...failure, ...rest });
    }
  }
}
