import { createRequire } from "node:module";
import * as published from "instaview-phone-numbers";
import {
  type ClientEvent,
  findPhoneNumber,
  InstaViewClient,
  listAllPhoneNumbers,
  listPhoneNumbers,
} from "instaview-phone-numbers";
import { describe, expect, it, vi } from "vitest";
import type { Behaviour } from "../../www/sandbox/index.ts";
import type {
  ClientOptions,
  ListAllParams,
  ListPhoneNumbersParams,
  PhoneNumberCriteria,
  RequestOptions,
} from "../types/contract.ts";
import { rejection, useSandbox } from "./sandbox.ts";

const server = useSandbox();

/** A listener, and the events that it saw. */
function listener() {
  const events: ClientEvent[] = [];
  return { events, onEvent: (event: ClientEvent) => void events.push(event) };
}

const typesOf = (events: ClientEvent[]) => events.map(({ type }) => type);
const callIdsOf = (events: ClientEvent[]) => [...new Set(events.map(({ callId }) => callId))];

const EXCHANGE = ["request", "response"];

/** After its first page, the listing has another number, which breaks the contract. */
const growing: Behaviour["phoneNumbers"] = (all, page) =>
  page === 1 ? all : all.toSpliced(150, 0, { ...all[0], id: "new", custom: "no" } as never);

describe("onEvent of one call", () => {
  const ofClient = () => new InstaViewClient(server.options);

  it("gives the request id and the rate limit of a success", async () => {
    const { events, onEvent } = listener();
    const client = ofClient();
    await client.listPhoneNumbers({}, { onEvent });
    const response = events.find((event) => event.type === "response");
    expect(response).toMatchObject({
      status: 200,
      attempt: 1,
      requestId: expect.stringMatching(/^[\w-]{36}$/),
    });
    expect(response?.rateLimit?.minute).toMatchObject({ limit: 1_000_000, remaining: 999_999 });
    expect(response?.rateLimit).toEqual(client.rateLimit);
  });

  it("gives those of an error too", async () => {
    const { events, onEvent } = listener();
    server.sandbox.answerNext({ status: 404, body: "{}" });
    const error = await rejection(ofClient().listPhoneNumbers({}, { onEvent }));
    const { requestId } = error as published.InstaViewError;
    expect(events.at(-1)).toMatchObject({ type: "response", status: 404, requestId });
  });

  it("sees the events of its call alone", async () => {
    const client = ofClient();
    const ofEach = [1, 2, 3, 4, 5].map((page) => ({ page, ...listener() }));
    const others = client.listPhoneNumbers({ page: 7 });
    await Promise.all(ofEach.map(({ page, onEvent }) => client.listPhoneNumbers({ page }, { onEvent })));
    await others;
    for (const { page, events } of ofEach) {
      expect(typesOf(events)).toEqual(EXCHANGE);
      expect(events[0]).toMatchObject({ url: expect.stringMatching(`[?&]page=${page}$`) });
    }
  });

  it("comes after the client's own listener, at each event", async () => {
    const seen: string[] = [];
    const client = new InstaViewClient({
      ...server.options,
      maxRetries: 1,
      onEvent: ({ type }) => seen.push(`client: ${type}`),
    });
    server.sandbox.answerNext({ status: 503 });
    vi.spyOn(Math, "random").mockReturnValueOnce(0);
    await client.listPhoneNumbers({}, { onEvent: ({ type }) => seen.push(`call: ${type}`) });
    vi.restoreAllMocks();
    const types = [...EXCHANGE, "retry", ...EXCHANGE];
    expect(seen).toEqual(types.flatMap((type) => [`client: ${type}`, `call: ${type}`]));
  });

  it.each([
    ["listAllPhoneNumbers", (options: object) => listAllPhoneNumbers(options).toArray()],
    ["findPhoneNumber", (options: object) => findPhoneNumber({ where: () => false }, options)],
    ["listPhoneNumbers", (options: object) => listPhoneNumbers(options)],
  ])("in the one object of %s, it sees each event once", async (name, call) => {
    const { events, onEvent } = listener();
    await call({ ...server.options, onEvent });
    const pages = name === "listPhoneNumbers" ? 1 : 3;
    expect(typesOf(events)).toEqual(Array(pages).fill(EXCHANGE).flat());
  });

  it.each([
    [
      "a listing",
      (client: InstaViewClient, options: RequestOptions) =>
        client.listAllPhoneNumbers({}, options as never).toArray(),
    ],
    [
      "a search",
      (client: InstaViewClient, options: RequestOptions) =>
        client.findPhoneNumber({ where: () => false }, {}, options as never),
    ],
  ])("of %s sees all of its pages, after the client's", async (_, call) => {
    const [ofTheClient, ofTheCall] = [listener(), listener()];
    const client = new InstaViewClient({ ...server.options, onEvent: ofTheClient.onEvent });
    await call(client, { onEvent: ofTheCall.onEvent });
    expect(typesOf(ofTheCall.events)).toEqual(Array(3).fill(EXCHANGE).flat());
    expect(ofTheClient.events).toEqual(ofTheCall.events);
  });

  it("of a listing sees that it changed, and what breaks the contract", async () => {
    server.sandbox.behaviour = { phoneNumbers: growing };
    const { events, onEvent } = listener();
    const client = new InstaViewClient({ ...server.options, validation: "lenient" });
    await client.listAllPhoneNumbers({ limit: 100 }, { onEvent }).toArray();
    expect(new Set(typesOf(events))).toEqual(new Set([...EXCHANGE, "contractViolation", "listingChanged"]));
  });

  it("that throws disturbs neither the call nor the other listener", async () => {
    const reported = vi.spyOn(console, "error").mockImplementation(() => {});
    const fail = () => {
      throw new Error("Not interested");
    };
    const [ofTheClient, ofTheCall] = [listener(), listener()];
    await new InstaViewClient({ ...server.options, onEvent: fail }).listPhoneNumbers(
      {},
      { onEvent: ofTheCall.onEvent },
    );
    await new InstaViewClient({ ...server.options, onEvent: ofTheClient.onEvent }).listPhoneNumbers(
      {},
      { onEvent: fail },
    );
    expect([typesOf(ofTheClient.events), typesOf(ofTheCall.events)]).toEqual([EXCHANGE, EXCHANGE]);
    await new Promise(setImmediate);
    // Each of its four errors goes where uncaught ones go.
    expect(reported).toHaveBeenCalledTimes(4);
    vi.restoreAllMocks();
  });

  it.each([[null], [1], ["console.log"], [{}]])("cannot be %o", async (onEvent) => {
    const refused = { type: "invalid_argument", attempts: 0, issues: [{ path: "onEvent" }] };
    const client = ofClient();
    const options = { onEvent: onEvent as never };
    expect(await rejection(client.listPhoneNumbers({}, options))).toMatchObject(refused);
    expect(await rejection(client.listAllPhoneNumbers({}, options).toArray())).toMatchObject(refused);
    expect(await rejection(client.findPhoneNumber({}, {}, options))).toMatchObject(refused);
    expect(server.sandbox.requests).toEqual([]);
  });
});

describe("callId", () => {
  it("is the same integer for all events of a call, retries and waits included", async () => {
    const { events, onEvent } = listener();
    server.sandbox.answerNext({ status: 429, headers: { "Retry-After": "1" } });
    await listPhoneNumbers({ ...server.options, maxRetries: 1, onEvent });
    expect(typesOf(events)).toEqual([...EXCHANGE, "retry", "rateLimitWait", ...EXCHANGE]);
    expect(callIdsOf(events)).toEqual([expect.any(Number)]);
    expect(callIdsOf(events).every(Number.isSafeInteger)).toBe(true);
  });

  it.each([
    ["a listing", (options: object) => listAllPhoneNumbers({ ...options, concurrency: 3 }).toArray()],
    ["a search", (options: object) => findPhoneNumber({ where: () => false }, options)],
  ])("is the same for all pages of %s", async (_, call) => {
    const { events, onEvent } = listener();
    server.sandbox.behaviour = { phoneNumbers: growing };
    await call({ ...server.options, validation: "lenient", limit: 100, onEvent });
    expect(events.filter(({ type }) => type === "request")).toHaveLength(3);
    expect(typesOf(events)).toContain("contractViolation");
    expect(typesOf(events)).toContain("listingChanged");
    expect(callIdsOf(events)).toEqual([expect.any(Number)]);
  });

  it("tells each reading of a listing apart", async () => {
    const { events, onEvent } = listener();
    const listing = listAllPhoneNumbers({ ...server.options, onEvent });
    await listing.toArray();
    const first = callIdsOf(events);
    events.length = 0;
    await listing.toArray();
    expect(first).toHaveLength(1);
    expect(callIdsOf(events)).toHaveLength(1);
    expect(callIdsOf(events)).not.toEqual(first);
  });

  it("is unique among concurrent calls of clients, of functions, and of two copies of the package", async () => {
    // Both new, so that counters of their own would start alike.
    vi.resetModules();
    const module: typeof published = await import("instaview-phone-numbers");
    const commonJs: typeof published = createRequire(import.meta.url)("../../pkg/index.cjs");
    expect(new Set([published, module, commonJs].map((copy) => copy.listPhoneNumbers)).size).toBe(3);
    const calls: ((options: object) => Promise<unknown>)[] = [module, commonJs].flatMap((copy) => {
      const clients = [1, 2].map(() => new copy.InstaViewClient(server.options));
      return [
        ...clients.flatMap((client) => [
          (options: object) => client.listPhoneNumbers({}, options),
          (options: object) => client.listPhoneNumbers({ page: 2 }, options),
          (options: object) => client.listAllPhoneNumbers({}, options).toArray(),
        ]),
        (options: object) => copy.listPhoneNumbers({ ...server.options, ...options }),
        (options: object) => copy.listAllPhoneNumbers({ ...server.options, ...options }).toArray(),
      ];
    });

    const ids = async () => {
      const all = calls.map(async (call) => {
        const { events, onEvent } = listener();
        await call({ onEvent });
        return callIdsOf(events);
      });
      return (await Promise.all(all)).flat();
    };
    // At once, and again: what one copy has counted since, the other does not know by itself.
    const all = [...(await ids()), ...(await ids())];
    expect(all.every(Number.isSafeInteger)).toBe(true);
    expect(all).toHaveLength(2 * calls.length);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("undefined is absent", () => {
  // Every option by its name in the contract, so that TypeScript reports one that is missing here.
  const clientOptions: Record<keyof ClientOptions, undefined> = {
    apiKey: undefined,
    baseUrl: undefined,
    companyId: undefined,
    keyType: undefined,
    timeout: undefined,
    maxRetries: undefined,
    maxRateLimitWait: undefined,
    validation: undefined,
    fetch: undefined,
    headers: undefined,
    onEvent: undefined,
    rateLimitStore: undefined,
    dangerouslyAllowBrowser: undefined,
  };
  const params: Record<keyof ListPhoneNumbersParams, undefined> = {
    page: undefined,
    limit: undefined,
    companyId: undefined,
  };
  const allParams: Record<keyof ListAllParams, undefined> = {
    limit: undefined,
    companyId: undefined,
    concurrency: undefined,
    consistency: undefined,
  };
  const requestOptions: Record<keyof RequestOptions, undefined> = {
    signal: undefined,
    timeout: undefined,
    maxRetries: undefined,
    headers: undefined,
    onEvent: undefined,
  };
  const criteria: Record<keyof PhoneNumberCriteria, undefined> = {
    capability: undefined,
    status: undefined,
    provider: undefined,
    numberType: undefined,
    custom: undefined,
    where: undefined,
  };
  const everyOption = { ...clientOptions, ...params, ...requestOptions };
  const everyListingOption = { ...clientOptions, ...allParams, ...requestOptions };

  it("in the one object of a function", async () => {
    const { apiKey, baseUrl, maxRetries } = server.options;
    vi.stubEnv("INSTAVIEW_API_KEY", apiKey);
    vi.stubEnv("INSTAVIEW_BASE_URL", baseUrl);
    const expected = await listPhoneNumbers();
    expect(await listPhoneNumbers(everyOption)).toEqual(expected);
    expect(await listPhoneNumbers({ ...everyOption, maxRetries })).toEqual(expected);
    const all = await listAllPhoneNumbers(everyListingOption).toArray();
    expect(all).toHaveLength(expected.total);
    expect(await findPhoneNumber(criteria, everyListingOption)).toEqual(all[0]);
    vi.unstubAllEnvs();
    const [first, ...others] = server.sandbox.requests.slice(0, 3);
    expect(others.map(({ url, headers }) => ({ url, headers }))).toEqual(
      Array(2).fill({ url: first?.url, headers: first?.headers }),
    );
  });

  it("in the options of a client, and in those of a call", async () => {
    const { events, onEvent } = listener();
    const client = new InstaViewClient({
      ...clientOptions,
      ...server.options,
      headers: { "X-Tenant": "one" },
      onEvent,
    });
    const page = await client.listPhoneNumbers(params, requestOptions);
    expect(page).toEqual(await client.listPhoneNumbers());
    expect(await client.listAllPhoneNumbers(allParams, requestOptions).toArray()).toHaveLength(page.total);
    expect(await client.findPhoneNumber(criteria, allParams, requestOptions)).toEqual(page.data[0]);
    // What the client's options say holds where the call's own are undefined.
    expect(server.sandbox.requests.every(({ headers }) => headers["x-tenant"] === "one")).toBe(true);
    expect(events.filter(({ type }) => type === "request")).toHaveLength(server.sandbox.requests.length);
  });

  it("as an argument as a whole", async () => {
    const client = new InstaViewClient({ ...clientOptions, ...server.options });
    const page = await client.listPhoneNumbers(undefined, undefined);
    expect(await client.listAllPhoneNumbers(undefined, undefined).toArray()).toHaveLength(page.total);
    expect(await client.findPhoneNumber({}, undefined, undefined)).toEqual(page.data[0]);
  });
});
