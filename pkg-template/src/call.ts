import type { ClientEvent, PhoneNumberPage } from "../wasm/core.js";
import { attempt, type Context } from "./attempt.ts";
import type { ClientState } from "./client-state.ts";
import { loadCore } from "./core.ts";
import { environment } from "./environment.ts";
import { InstaViewError } from "./error.ts";
import { explain } from "./explain.ts";
import { Failed } from "./failed.ts";
import { Interrupt } from "./interrupt.ts";
import { type Given, readSettings } from "./settings.ts";

/** Makes a call: attempts, until one gives a page or another one makes no sense. */
export async function call(state: ClientState, given: Given): Promise<PhoneNumberPage> {
  let attempts = 0;
  let interrupt: Interrupt | undefined;
  let discard: ((trap: unknown) => void) | undefined;
  try {
    const running = await loadCore();
    discard = running.discard;
    const { core, calls } = running;
    const settings = readSettings(core, state, given);
    const { onEvent } = settings;
    const notify = (event: ClientEvent) => {
      if (onEvent) environment.notify(onEvent, event);
    };
    interrupt = new Interrupt(settings.timeout);
    const context: Context = { core, state, settings, interrupt, notify };
    calls.add(interrupt);
    try {
      interrupt.watch([settings.signal, given.listing?.ended]);
      interrupt.check();
      for (;;) {
        const next = attempts + 1;
        try {
          return await attempt(context, next, () => {
            attempts = next;
          });
        } catch (error) {
          // What failed before it was sent is not a matter of trying again.
          if (!(error instanceof Failed) || attempts < next) throw error;
          const delay = delayAfter(error, attempts, context);
          if (delay === undefined) throw error;
          notify({ type: "retry", reason: error.type, delay, attempt: attempts });
          const { retryAfter = 0 } = error.fields;
          if (retryAfter > 0 && Math.ceil(retryAfter) >= delay) {
            notify({ type: "rateLimitWait", delay, window: "retry-after" });
          }
          await interrupt.sleep(delay);
        }
      }
    } finally {
      calls.delete(interrupt);
      interrupt.close();
    }
  } catch (thrown) {
    if (thrown instanceof Failed) throw thrown.toError(attempts);
    if (interrupt?.isAborted) throw thrown;
    // The core itself throws nothing: it has trapped, or could not be loaded.
    discard?.(thrown);
    throw new InstaViewError(...explain(thrown));
  }
}

/** Milliseconds until the next attempt; undefined where there is to be none. */
function delayAfter({ mayPass, fields }: Failed, attempts: number, { core, settings }: Context) {
  const { maxRetries, maxRateLimitWait } = settings;
  const { retryAfter = 0 } = fields;
  return core.retry_delay(mayPass, attempts - 1, retryAfter, maxRetries, maxRateLimitWait, Math.random());
}
