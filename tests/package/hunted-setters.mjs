// Makes calls of every outcome, first as it is and then with a property on Object.prototype, and prints both.
//   node hunted-setters.mjs <name> <kind> [load]
import { inspect } from "node:util";

const [name = "", kind = "", load] = process.argv.slice(2);
/** @type {Record<string, PropertyDescriptor>} */
const kinds = {
  "a setter that throws": {
    get: () => undefined,
    set() {
      throw new Error("setter");
    },
  },
  "a setter that swallows": { get: () => undefined, set() {} },
  "a read-only value": { value: undefined, writable: false },
};
const pollute = () => Object.defineProperty(Object.prototype, name, { configurable: true, ...kinds[kind] });
if (load) pollute();
const { InstaViewClient, listAllPhoneNumbers, listPhoneNumbers } = await import("../../pkg/index.js");

Math.random = () => 0;
const empty = { data: [], total: 0, page: 1, limit: 20, totalPages: 0 };
const json = (/** @type {unknown} */ body, init = {}) => Response.json(body, init);
const reporting = (/** @type {number} */ remaining) => {
  const window = { limit: "60", remaining: `${remaining}`, reset: "1000000050" };
  const both = Object.entries(window).flatMap(([name, value]) =>
    ["minute", "hour"].map((of) => [`x-ratelimit-${name}-${of}`, value]),
  );
  return { "x-request-id": "r", date: new Date(1e12).toUTCString(), ...Object.fromEntries(both) };
};

/** Calls whose responses are made beforehand: it is the package that is tested, not the platform. */
function prepare() {
  /** @type {unknown[]} */
  const events = [];
  const onEvent = (/** @type {object} */ event) => events.push(event);
  const options = { apiKey: "sk_test_1", baseUrl: "https://x.test", maxRetries: 0, onEvent };
  /** @type {(() => Promise<unknown>)[]} */
  const calls = [];
  const add = (/** @type {unknown[]} */ responses, extra = {}) => {
    const fetch = async () => {
      const response = responses.shift();
      if (response instanceof Error) throw response;
      return response;
    };
    const all = { ...options, fetch, ...extra };
    calls.push(() => listPhoneNumbers(/** @type {any} */ (all)));
  };
  add([json(empty, { headers: reporting(5) })]);
  add([json({ error: { code: "C", message: "No" } }, { status: 401, headers: reporting(5) })]);
  add([json({ ...empty, data: [{}] })]);
  add([json({ ...empty, data: [{}] })], { validation: "lenient" });
  // Waits for 10 ms, which the body names.
  add([json({ retryAfter: 0.01 }, { status: 503 }), json(empty)], { maxRetries: 1 });
  add([json({}, { status: 429, headers: { "retry-after": "100" } })]);
  add([new Error("offline")]);
  add([], { page: 0 });
  const first = json(empty, { headers: reporting(0) });
  const client = new InstaViewClient({ ...options, maxRateLimitWait: 1, fetch: async () => first });
  calls.push(
    () => client.listPhoneNumbers(),
    async () => client.rateLimit && Object.values(client.rateLimit).map((window) => Object.keys(window)),
    () => client.listPhoneNumbers(),
  );
  const pages = [1, 2].map((page) => json({ ...empty, page, total: page, totalPages: 2 }));
  calls.push(() =>
    listAllPhoneNumbers({ ...options, fetch: async () => /** @type {Response} */ (pages.shift()) }).toArray(),
  );
  return { calls, events };
}

/** How each call ends, in words: own properties alone. */
async function outcomes(/** @type {ReturnType<typeof prepare>} */ { calls, events }) {
  const endings = [];
  for (const call of calls) {
    endings[endings.length] = await call().catch((error) => ({
      ...error,
      name: error.name,
      message: error.message,
    }));
  }
  const shown = inspect([endings, events], { depth: 9, breakLength: 120 });
  return shown.replace(/(callId|duration|resetAt|retryAfter): [\d.]+/g, "$1: 0").split("\n");
}

let printed;
if (load) {
  const response = json(empty);
  const call = listPhoneNumbers({ baseUrl: "https://x.test", fetch: async () => response });
  const loaded = await call.catch((error) => ({ type: error.type, message: error.message }));
  printed = [loaded];
} else {
  const clean = await outcomes(prepare());
  const prepared = prepare();
  pollute();
  const dirty = await outcomes(prepared);
  printed = [clean, dirty];
}
Reflect.deleteProperty(Object.prototype, name);
process.stdout.write(JSON.stringify(printed));
process.exit();
