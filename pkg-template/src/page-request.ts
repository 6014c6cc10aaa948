import { call } from "./call.ts";
import type { ClientState } from "./client-state.ts";
import { environment } from "./environment.ts";
import type { ClientOptions, ListAllParams, RequestOptions } from "./options.ts";
import type { PageRequest } from "./pages.ts";
import { isSnapshot } from "./snapshot.ts";

type Options = ClientOptions & ListAllParams & RequestOptions;

/**
 * Asks for the pages of one listing.
 *
 * @param given - Everything in one object; or a client's options, the parameters and the options of the call. The core
 * checks them with every page: once there is a page, what is read here is what it should be.
 */
export function createPageRequest(state: ClientState, given: unknown[], criteria?: unknown): PageRequest {
  const layers: Options[] = given.filter(isSnapshot);
  const option = <Name extends keyof Options>(name: Name): Options[Name] | undefined =>
    layers.map((layer) => layer[name]).findLast((value) => value !== undefined);
  const onEvent = option("onEvent");
  const signal = option("signal");

  // The environment may change while the pages are read: it is asked once.
  const variables = new Map<string, string | undefined>();
  const variable = (name: string) => {
    if (!variables.has(name)) variables.set(name, environment.variable(name));
    return variables.get(name);
  };

  return {
    concurrency: option("concurrency") ?? 1,
    isStrict: option("consistency") === "strict",

    page: (page, ended) => call(state, { sources: given, listing: { page, criteria, ended }, variable }),

    throwIfAborted() {
      if (signal?.aborted) throw signal.reason;
    },

    notify(event) {
      if (onEvent) environment.notify(onEvent, event);
    },
  };
}
