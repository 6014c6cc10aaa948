import type { Settings as Checked, Failure, Surroundings } from "../wasm/core.js";
import type { ClientState } from "./client-state.ts";
import type { CoreInstance } from "./core.ts";
import { environment } from "./environment.ts";
import { failedBy } from "./failed.ts";
import type { ClientOptions, RequestOptions } from "./options.ts";
import { isSnapshot } from "./snapshot.ts";
import { describe, member } from "./words.ts";

/** What a call is made with: what its caller gave, as it was then. */
export interface Given {
  /** Everything in one object; or a client's options, the parameters and the options of the call. */
  sources: unknown[];
  /** What makes it a page of a listing: which one, by what a number is found, and what ends it as a signal of the caller's does. */
  listing?: { page: number; criteria: unknown; ended: AbortSignal };
  /** An environment variable, where there are any. */
  variable: (name: string) => string | undefined;
}

/** What is wanted of a call, checked; the caller's own functions included. */
export interface Settings extends Checked {
  apiKey: ClientOptions["apiKey"] | undefined;
  headers: Headers | undefined;
  fetch: ClientOptions["fetch"] | undefined;
  signal: RequestOptions["signal"] | undefined;
  onEvent: ClientOptions["onEvent"] | undefined;
}

/** Checks of a client's calls that need not be made again. */
export interface CheckedBefore {
  /** The client's options, as the core reads them. */
  options?: string;
  given?: string;
  key?: string;
  settings?: Checked;
}

/** What the core is told of a key: it gets it apart from the rest. */
const A_TEXT = "a text";

/** Checks everything that the caller gave. */
export function readSettings(core: CoreInstance, state: ClientState, given: Given): Settings {
  const { sources, listing, variable } = given;
  const { checkedBefore } = state;
  const options: Record<string, unknown> & ClientOptions & RequestOptions = Object.create(null);
  let headers: Headers | undefined;
  for (const source of sources) {
    if (!isSnapshot(source)) continue;
    for (const name in source) {
      if (source[name] !== undefined) options[name] = source[name];
    }
    if (source.headers !== undefined) {
      headers ??= new Headers();
      addHeaders(headers, source.headers);
    }
  }

  const { fetch, signal, onEvent } = options;
  const variableKey = options.apiKey === undefined ? variable("INSTAVIEW_API_KEY") : undefined;
  const apiKey = options.apiKey ?? variableKey;
  const key = typeof apiKey === "string" ? apiKey : "";
  const baseUrl = options.baseUrl === undefined ? variable("INSTAVIEW_BASE_URL") : undefined;
  const surroundings: Surroundings = {
    page: listing?.page,
    apiKey: describeOption("apiKey", variableKey),
    baseUrl: describeOption("baseUrl", baseUrl),
    url: parsed(options.baseUrl ?? baseUrl),
    isBrowser: environment.isBrowser,
  };
  checkedBefore.options ??= describeSource(state.options);
  const described = sources.map((source) =>
    source === state.options ? checkedBefore.options : describeSource(source),
  );
  const text = givenText(surroundings, listing?.criteria, described);
  if (text !== checkedBefore.given || key !== checkedBefore.key) {
    const settings = check(core, text, key);
    Object.assign(checkedBefore, { given: text, key, settings });
  }
  return { ...(checkedBefore.settings as Checked), apiKey, headers, fetch, signal, onEvent };
}

const givenText = (surroundings: Surroundings, criteria: unknown, described: (string | undefined)[]) =>
  `[${JSON.stringify(surroundings)},${describeSource(criteria)},${described.join()}]`;

function check(core: CoreInstance, given: string, key: string): Checked {
  const checked: Checked | Failure = JSON.parse(core.read_options(given, key));
  // The key may have been given in the wrong place, too.
  if (!isSettings(checked)) throw failedBy(checked, key);
  return checked;
}

/** By its own property: something may sit on `Object.prototype`. */
const isSettings = (checked: Checked | Failure): checked is Checked => Object.hasOwn(checked, "url");

/** Checks a key that a function has given, as if it had been given itself. */
export function checkKey(core: CoreInstance, key: string): void {
  const described = JSON.stringify({ apiKey: { is: A_TEXT } });
  check(core, givenText({ isBrowser: false }, undefined, [described]), key);
}

/** What the caller gave as one object, in the form that the core reads. */
function describeSource(source: unknown): string {
  if (source === undefined) return "null";
  if (!isSnapshot(source)) return JSON.stringify([describe(source)]);
  const members = [];
  for (const name in source) {
    if (source[name] === undefined) continue;
    members.push(`${JSON.stringify(name)}:${JSON.stringify(describeOption(name, source[name]))}`);
  }
  return `{${members.join()}}`;
}

function describeOption(name: string, value: unknown): unknown {
  if (typeof value === "string") {
    if (name === "apiKey") return { is: A_TEXT };
    // There may be a password or a key in it.
    if (name === "baseUrl") {
      return value.includes("@")
        ? { is: "a URL that may have a password in it" }
        : value.replace(/[?#].*/s, "?…");
    }
  }
  if (name === "signal" && isSignal(value)) return { is: "an AbortSignal" };
  if (name === "headers" && addHeaders(new Headers(), value)) return { is: "headers" };
  return describe(value);
}

/** A signal is recognised by its behaviour: one of another realm is no instance of this realm's class. */
function isSignal(value: unknown): boolean {
  return (
    typeof member(value, "aborted") === "boolean" &&
    typeof member(value, "addEventListener") === "function" &&
    typeof member(value, "removeEventListener") === "function"
  );
}

let lastParsed: { url: string; base: string | undefined; parts: Surroundings["url"] } | undefined;

/** What the core looks at of a base URL; undefined where it is none. */
function parsed(url: unknown): Surroundings["url"] {
  if (typeof url !== "string") return undefined;
  const base = environment.baseUri;
  // Mostly, all calls go to the same address.
  if (lastParsed?.url !== url || lastParsed.base !== base)
    lastParsed = { url, base, parts: parse(url, base) };
  return lastParsed.parts;
}

function parse(url: string, base: string | undefined): Surroundings["url"] {
  try {
    const { href, origin, hostname } = new URL(url, base);
    return { href, origin, hostname };
  } catch {
    return undefined;
  }
}

/**
 * Adds the headers that the caller gave, over what is there. Whether they are headers: of strings only, because `Headers`
 * itself would send null as the text "null". They are read once, because the second time they may be others.
 */
function addHeaders(headers: Headers, given: unknown): boolean {
  const pair = (name: unknown, value: unknown): [string, string] => {
    if (typeof name !== "string" || typeof value !== "string") throw name;
    return [name, value];
  };
  try {
    if (typeof given !== "object") return false;
    const object = given as Record<PropertyKey, unknown> & Partial<Iterable<unknown>>;
    const pairs =
      typeof object[Symbol.iterator] === "function"
        ? Array.from(object as Iterable<object>, (entry) =>
            pair(Reflect.get(entry, 0), Reflect.get(entry, 1)),
          )
        : Reflect.ownKeys(object).map((name) => pair(name, object[name]));
    for (const [name, value] of pairs) headers.set(name, value);
    return true;
  } catch {
    return false;
  }
}
