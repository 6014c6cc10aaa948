// Makes calls of every outcome in a process of its own, first as it is and then with something on Object.prototype, and prints
// both: a test runner does not survive what is there.
//   node polluted-prototype.mjs <property>
// Or requests a page with Node's own fetch, with `method` there:
//   node polluted-prototype.mjs <baseUrl of a server>
import { InstaViewClient, listAllPhoneNumbers, listPhoneNumbers } from "../../pkg/index.js";

const argument = process.argv[2] ?? "";

/** What somebody may have put there. */
const pollutions = {
  "a function": { value: () => "polluted", writable: true },
  "a string": { value: "POST", writable: true },
  "an object": { value: { type: "http", message: "polluted" }, writable: true },
  "an accessor": { get: () => "POLLUTED", set: () => {} },
};

const data = [
  {
    id: "123e4567-e89b-42d3-a456-426614174000",
    number: "+14155552671",
    companyId: "3f8b2c1e-6a47-4d09-9e53-b1c70d84fa26",
    capabilities: "OUTBOUND",
    custom: false,
    provider: "TWILIO",
    status: "AVAILABLE",
    numberType: "LOCAL",
    createdAt: "2025-01-15T10:30:00.000Z",
    updatedAt: "2025-01-15T10:30:00.000Z",
  },
];
const page = { data, total: 1, page: 1, limit: 1, totalPages: 1 };

/** Calls, whose responses are made beforehand: it is the package that is tested, not the platform. */
function prepare() {
  /** @type {string[]} */
  const events = [];
  const options = {
    apiKey: "sk_test_1",
    baseUrl: "https://example.com",
    maxRetries: 0,
    /** @param {{ type: string }} event */
    onEvent: ({ type }) => void events.push(type),
  };
  /** @type {(() => Promise<unknown>)[]} */
  const calls = [];
  /**
   * @param {Response | Error} response
   * @param {object} extra
   */
  const add = (response, extra = {}) => {
    /**
     * @param {string} _
     * @param {RequestInit} init
     */
    const fetch = async (_, init) => {
      // What the platform would see.
      events.push(`${init.method} ${init.body}`);
      if (response instanceof Error) throw response;
      return response;
    };
    const all = { ...options, fetch, ...extra };
    calls.push(() => listPhoneNumbers(all));
  };
  add(Response.json(page));
  add(
    Response.json(
      { success: false, error: { code: "INVALID_API_KEY", message: "No", details: {} } },
      { status: 401 },
    ),
  );
  add(Response.json({ success: false }));
  add(Response.json({ ...page, data: [{}] }));
  add(Response.json({ ...page, data: [{}] }, {}), { validation: "lenient" });
  add(new Response("<html>", { status: 503, headers: { "Retry-After": "7" } }));
  add(new Response("{", { headers: { "X-RateLimit-Limit-Minute": "60" } }));
  add(new Error("offline"));
  add(new Response(null), { page: 0 });
  add(new Response(null), { apiKey: "sk test" });
  add(new Response(null), { signal: AbortSignal.abort("enough") });
  const client = new InstaViewClient({ ...options, fetch: async () => clientPage });
  const clientPage = Response.json(page);
  calls.push(() => client.listPhoneNumbers({ limit: 1 }));
  const listed = Response.json(page);
  calls.push(() => listAllPhoneNumbers({ ...options, fetch: async () => listed }).toArray());
  return { calls, events };
}

/**
 * How each call ends, one after the other.
 *
 * @param {ReturnType<typeof prepare>} prepared
 */
async function outcomes({ calls, events }) {
  const endings = [];
  for (const call of calls) {
    try {
      endings.push(["page", await call()]);
    } catch (error) {
      endings.push(["error", error]);
    }
  }
  return [...endings, events];
}

/** @param {unknown} value */
const asJson = (value) => JSON.parse(JSON.stringify(value));

/**
 * What becomes of the calls, first without anything there, by which the core is loaded.
 *
 * @param {string} property
 */
async function compare(property) {
  const clean = asJson(await outcomes(prepare()));
  /** @type {Record<string, unknown>} */
  const polluted = {};
  for (const [what, descriptor] of Object.entries(pollutions)) {
    const prepared = prepare();
    const endings = await withPollution(property, descriptor, () => outcomes(prepared));
    polluted[what] = asJson(endings);
  }
  return { clean, polluted };
}

/**
 * @template T
 * @param {string} property
 * @param {PropertyDescriptor} descriptor
 * @param {() => Promise<T>} run
 */
async function withPollution(property, descriptor, run) {
  Object.defineProperty(Object.prototype, property, { configurable: true, ...descriptor });
  return await run().finally(() => Reflect.deleteProperty(Object.prototype, property));
}

/**
 * The status of a request by Node's own fetch, which takes what it is not given from there.
 *
 * @param {string} baseUrl
 */
async function statusOfRequest(baseUrl) {
  const call = () => listPhoneNumbers({ apiKey: "sk_test_1", baseUrl, maxRetries: 0 });
  return await withPollution("method", pollutions["a string"], () => call().catch(({ status }) => status));
}

const printed = argument.startsWith("http") ? await statusOfRequest(argument) : await compare(argument);
process.stdout.write(JSON.stringify(printed));
