import type { ClientEvent } from "../wasm/core.js";
import { subscribe, unsubscribe } from "./abort.ts";
import { call } from "./call.ts";
import type { ClientState } from "./client-state.ts";
import { environment } from "./environment.ts";
import type { ClientOptions, ListAllParams, RequestOptions } from "./options.ts";
import type { PageRequest } from "./pages.ts";
import { isSnapshot } from "./snapshot.ts";

/**
 * Asks for the pages of one listing.
 *
 * @param given - Everything in one object; or a client's options, the parameters and the options of the call. The core
 * checks them with every page, so that what is read here of the first one on is what it should be.
 */
export function createPageRequest(state: ClientState, given: unknown[], criteria?: unknown): PageRequest {
  const options: ClientOptions & ListAllParams & RequestOptions = Object.assign(
    {},
    ...given.filter(isSnapshot),
  );
  const { concurrency = 1, consistency, onEvent, signal } = options;
  return {
    concurrency,
    isStrict: consistency === "strict",

    async page(number, controller) {
      const abort = () => controller.abort(signal?.reason);
      try {
        if (signal?.aborted) abort();
        else if (signal) subscribe(signal, abort);
      } catch {
        // It is no signal, which the core says.
      }
      try {
        return await call((core, environment) =>
          state.handle(core).list_page(number, given, criteria, controller.signal, environment),
        );
      } finally {
        if (signal) unsubscribe(signal, abort);
      }
    },

    throwIfAborted() {
      if (signal?.aborted) throw signal.reason;
    },

    notify(event: ClientEvent) {
      if (onEvent) environment.notify(onEvent, event);
    },
  };
}
