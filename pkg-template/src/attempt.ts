import type { ClientEvent, PhoneNumberPage } from "../wasm/core.js";
import { discardBody, readBody } from "./body.ts";
import { type ClientState, rateLimitOf } from "./client-state.ts";
import type { CoreInstance } from "./core.ts";
import { decode, textOf } from "./decode.ts";
import { Failed, failedBecause, failedBy, failedByApi, issuesOf, told } from "./failed.ts";
import { type Head, noAnswer, readHead } from "./head.ts";
import type { Interrupt } from "./interrupt.ts";
import { checkKey, type Settings } from "./settings.ts";
import { member } from "./words.ts";

/** What an attempt is made with. */
export interface Context {
  core: CoreInstance;
  state: ClientState;
  settings: Settings;
  interrupt: Interrupt;
  notify: (event: ClientEvent) => void;
}

/**
 * Gets the key, waits for the rate limit, sends the request, and reads the answer. `onSend` is called before the request is
 * sent, which makes it an attempt.
 */
export async function attempt(
  context: Context,
  number: number,
  onSend: () => void,
): Promise<PhoneNumberPage> {
  const { core, state, settings, interrupt, notify } = context;
  const key = await keyOf(context);
  await state.admit(core, interrupt, settings.maxRateLimitWait, notify);
  let head: Head | undefined;
  const signal = interrupt.start();
  try {
    const send = senderOf(settings, key, signal);
    onSend();
    notify({ type: "request", method: "GET", url: settings.url, attempt: number });
    const start = Date.now();
    const response = await interrupt.race(send, noAnswer);
    head = readHead(response, key);
    const { status, requestId } = head;
    state.finish(core, head.minute, head.hour);
    // Each time anew, because a listener may change what it is given.
    const known = () => {
      const rateLimit = head && rateLimitOf(head.minute, head.hour);
      return { ...(requestId !== undefined && { requestId }), ...(rateLimit && { rateLimit }) };
    };
    notify({ type: "response", status, duration: Date.now() - start, attempt: number, ...known() });
    interrupt.check();
    try {
      return await read(context, head, key);
    } catch (error) {
      if (error instanceof Failed) {
        Object.assign(error.fields, status !== 0 && { status }, known(), longerOf(error, head));
      }
      throw error;
    }
  } catch (error) {
    if (error instanceof Failed) error.redact(key);
    throw error;
  } finally {
    interrupt.stop();
    if (!head) state.finish(core);
  }
}

/** Of two wishes of the server's, the longer counts. */
function longerOf({ fields }: Failed, head: Head) {
  const wishes = [fields.retryAfter, head.retryAfter].filter((wish) => wish !== undefined);
  return wishes.length > 0 && { retryAfter: Math.max(...wishes) };
}

/** How every key of InstaView's begins. */
const KEY_PREFIX = "sk_";

/** The key for an attempt; empty where a backend of the caller's own adds it. A function has `timeout` to give it. */
async function keyOf({ core, settings: { apiKey = "" }, interrupt }: Context): Promise<string> {
  if (typeof apiKey === "string") return apiKey;
  interrupt.start();
  try {
    const key: unknown = await interrupt.race(apiKey, (thrown) => {
      const cause = told(thrown, "");
      // What it threw is told, unless there may be a key in it.
      const texts = [cause.message, cause.name, member(cause, "code")];
      const isTelling = texts.some((text) => String(text).includes(KEY_PREFIX));
      return new Failed("configuration", "The apiKey function failed", isTelling ? {} : { cause });
    });
    if (typeof key !== "string") {
      throw failedBecause("configuration", "apiKey", "a string", "a value of another type");
    }
    checkKey(core, key);
    return key;
  } finally {
    interrupt.stop();
  }
}

/** What sends the request; it needs what the platform may not have. */
function senderOf({ fetch, url, headers: given }: Settings, key: string, signal: AbortSignal) {
  const own = { Accept: "application/json", ...(key && { Authorization: `Bearer ${key}` }) };
  let headers: HeadersInit = own;
  if (given) {
    headers = new Headers(given);
    for (const [name, value] of Object.entries(own)) headers.set(name, value);
  }
  // Redirects are not followed, and `manual` says so because workerd refuses `error`.
  const init: RequestInit = { headers, redirect: "manual", signal };
  const send = fetch ?? globalThis.fetch;
  if (typeof send !== "function") throw unsupported("fetch", send);
  if (!fetch) return () => globalThis.fetch(url, init);
  try {
    const request = new Request(url, init);
    return () => fetch(request);
  } catch (thrown) {
    throw unsupported("Request", thrown);
  }
}

function unsupported(name: string, cause: unknown): Failed {
  return new Failed("configuration", `This platform has no usable ${name}`, { cause });
}

/** What the answer is: a page, an error of the API, or neither. */
async function read(
  { core, settings, interrupt, notify }: Context,
  { status, isRedirect, body }: Head,
  key: string,
): Promise<PhoneNumberPage> {
  if (isRedirect) {
    discardBody(body);
    const message = "The server redirects: give the final address as `baseUrl`, not ";
    throw new Failed("http", message + settings.baseUrl);
  }
  const isSuccess = status <= 299;
  const bytes = await readBody(body, interrupt).catch((error) => {
    // Of an error, the status says enough, whatever became of the body.
    if (isSuccess || !(error instanceof Failed)) throw error;
    return new Uint8Array();
  });
  const apiError = (text: string) => failedByApi(JSON.parse(core.api_error(status, text)), status, key);
  if (!isSuccess) throw apiError(textOf(bytes) ?? "");

  const { page, failure, text } = decode(core, bytes);
  if (failure) {
    if (failure.type === "http") throw apiError(text);
    if (!page || !settings.isLenient) throw failedBy(failure, key, text);
    notify({ type: "contractViolation", issues: issuesOf(failure, key, text) });
    interrupt.check();
  }
  return page as PhoneNumberPage;
}
