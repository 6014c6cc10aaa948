import { isDeepStrictEqual } from "node:util";
import {
  type ClientOptions,
  type InstaViewClient,
  isInstaViewError,
  type ListAllParams,
  type ListPhoneNumbersOptions,
  type PhoneNumber,
  type PhoneNumberCriteria,
  type PhoneNumberListing,
  type PhoneNumberPage,
} from "instaview-phone-numbers";
import { SANDBOX_KEYS } from "../../www/sandbox/keys.ts";
import { compare } from "../faults/compare.ts";
import { type Ending, nameOf } from "../faults/harness.ts";
import { type AbortPlan, CALL_HEADER, type Limits, LONGEST_TIMEOUT, SoakCall } from "./call.ts";
import { Random } from "./random.ts";
import type { Tenant } from "./tenants.ts";
import type { Api, World } from "./world.ts";

/** A client, and the longest wait that it takes. */
interface Client {
  client: InstaViewClient;
  maxRateLimitWait: number;
}

/** The clients of those keys that have one alone, for all users. */
export type Clients = Map<Tenant, Client>;

/** The pages that a listing has at most where nothing changes. */
const MOST_NUMBERS = 420;
/** As many pages in a row may bring nothing new. */
const MOST_BARREN_PAGES = 11;

const never = () => new Promise<never>(() => {});

/** Somebody who uses the package, and sees to it that it does what it promises. */
export class User {
  readonly #name: string;
  readonly #world: World;
  readonly #clients: Clients;
  #random: Random;

  constructor(world: World, clients: Clients, name: string) {
    this.#world = world;
    this.#clients = clients;
    this.#name = name;
    this.#random = new Random(world.seed, name);
  }

  async run(steps: number) {
    for (let step = 1; step <= steps; step += 1) {
      const name = `${this.#name}.${step}`;
      // Its choices are its own, whatever the steps before it were.
      this.#random = new Random(this.#world.seed, name);
      await this.#think();
      await this.#act(name);
    }
  }

  /** Mostly not at all, now and then for a minute, seldom for an hour. */
  async #think() {
    const random = this.#random;
    const longest = random.pick([0, 0, 0, 100, 5_000, 60_000, 600_000]);
    if (longest > 0) await this.#world.clock.wait(10 * random.integer(1, longest / 10));
  }

  async #act(name: string) {
    const random = this.#random;
    const tenant = random.pick(this.#world.tenants);
    const action = random.integer(1, 100);
    if (action <= 5) tenant.change(random);
    else if (action <= 15) await this.#row(name);
    else if (action <= 55) await this.#page(name, tenant);
    else if (action <= 65) await this.#find(name, tenant);
    else await this.#listing(name, tenant);
  }

  #limits(maxRateLimitWait: number): Limits {
    const random = this.#random;
    return {
      timeout: random.pick([503, 2_003, 10_007, LONGEST_TIMEOUT]),
      maxRetries: random.pick([0, 1, 2, 2, 5]),
      maxRateLimitWait,
    };
  }

  #plan(tenant: Tenant): AbortPlan | undefined {
    const random = this.#random;
    if (!random.chance(0.25)) return undefined;
    const waiting = ["before", "response", "retry", "rateLimitWait", "later"] as const;
    // A request that is left before its response reports nothing.
    const sending = ["start", "request", "arrival", "head"] as const;
    return {
      at: random.pick(tenant.character === "calm" ? waiting : [...waiting, ...sending]),
      count: random.pick([1, 1, 2, 3]),
      after: 10 * random.integer(1, 3_000),
      reason: random.pick<unknown>([
        undefined,
        "the user left",
        null,
        new DOMException("late", "TimeoutError"),
      ]),
    };
  }

  #clientOptions(tenant: Tenant): ClientOptions & { maxRateLimitWait: number } {
    const random = this.#random;
    const { clock, url } = this.#world;
    const { key } = tenant;
    const delay = 10 * random.integer(1, 40);
    return {
      baseUrl: url,
      apiKey: random.pick<ClientOptions["apiKey"]>([
        key,
        key,
        () => key,
        async () => key,
        async () => {
          await clock.wait(delay);
          return key;
        },
      ]),
      maxRateLimitWait: random.pick([0, 1_000, 60_000, 60_000, 3_600_000]),
      ...(tenant.store && { rateLimitStore: tenant.store }),
      ...(random.chance(0.2) && { fetch: (url: string, init: RequestInit) => fetch(url, init) }),
    };
  }

  /** The tenant's only client, or a new one. */
  #client(tenant: Tenant): Client {
    const known = this.#clients.get(tenant);
    if (known) return known;
    const options = this.#clientOptions(tenant);
    const client = new this.#world.api.InstaViewClient(options);
    const made = { client, maxRateLimitWait: options.maxRateLimitWait };
    if (tenant.hasOneClient) this.#clients.set(tenant, made);
    return made;
  }

  /** A call by a client or by a function, which has no client: then with more that may be odd. */
  #start<T>(
    tenant: Tenant,
    make: (limits: Limits) => SoakCall,
    byClient: (client: InstaViewClient, call: SoakCall) => T,
    byFunction: (api: Api, options: ListPhoneNumbersOptions, call: SoakCall) => T,
  ): { call: SoakCall; result: T } {
    const random = this.#random;
    if (tenant.hasOneClient || random.chance(0.5)) {
      const { client, maxRateLimitWait } = this.#client(tenant);
      const call = make(this.#limits(maxRateLimitWait));
      return { call, result: byClient(client, call) };
    }
    const options = this.#clientOptions(tenant);
    const call = make(this.#limits(options.maxRateLimitWait));
    const odd = random.integer(1, 20);
    if (odd === 1) Object.assign(options, { apiKey: never });
    if (odd === 2) Object.assign(options, { fetch: never });
    if (odd <= 2) call.types.add("timeout");
    return { call, result: byFunction(this.#world.api, { ...options, ...call.options }, call) };
  }

  #call(name: string, limits: Limits, tenant: Tenant, isListing: boolean, concurrency = 1): SoakCall {
    const plan = this.#plan(tenant);
    const call = new SoakCall(this.#world, name, limits, { tenant, plan, isListing, concurrency });
    this.#world.calls.set(name, call);
    return call;
  }

  /** A row of the fault table, with its options and answers. */
  async #row(name: string) {
    const random = this.#random;
    const { api, url, rows, checker } = this.#world;
    const { row, answers } = random.pick(rows);
    checker.countFault(row.name);
    const given = (row.options ?? {}) as Partial<ListPhoneNumbersOptions>;
    const { timeout = 30_000, maxRetries = 2, maxRateLimitWait = 60_000 } = given;
    const call = new SoakCall(this.#world, name, { timeout, maxRetries, maxRateLimitWait });
    call.script = [...answers];
    this.#world.calls.set(name, call);
    const promise = api.listPhoneNumbers({
      baseUrl: url,
      apiKey: SANDBOX_KEYS.company,
      signal: call.controller.signal,
      headers: { [CALL_HEADER]: name },
      ...given,
      onEvent: (event) => {
        call.onEvent(event);
        given.onEvent?.(event);
      },
    });
    const ending = await call.settled(promise);
    const attempts =
      ending.type === "rejected" && isInstaViewError(ending.reason)
        ? ending.reason.attempts
        : call.sentRequests;
    // Backoffs are random here.
    const { events: _, headers: __, ms = 0, ...gets } = row.gets;
    const failures = compare(
      { ...gets, ms },
      {
        outcome: nameOf(ending),
        attempts,
        requests: call.requests,
        ms,
        ending,
        signalReason: call.controller.signal.reason,
        events: [],
        received: [],
      },
    );
    for (const failure of failures) call.complain(`"${row.name}" of the fault table: ${failure}`);
    call.end(ending);
  }

  async #page(name: string, tenant: Tenant) {
    const random = this.#random;
    const page = random.pick([undefined, 1, 1, 2, 3, 9_999]);
    const limit = random.pick([undefined, 1, 20, 100]);
    const params = { ...(page && { page }), ...(limit && { limit }) };
    const { call, result } = this.#start(
      tenant,
      (limits) => this.#call(name, limits, tenant, false),
      (client, call) => client.listPhoneNumbers(params, call.options),
      (api, options) => api.listPhoneNumbers({ ...options, ...params }),
    );
    call.reach("start");
    const ending = await call.settled(result);
    if (ending.type === "fulfilled") checkPage(call, page ?? 1, ending.value as PhoneNumberPage);
    call.end(ending);
  }

  async #find(name: string, tenant: Tenant) {
    const random = this.#random;
    const before = tenant.version;
    const capability = random.pick(["INBOUND", "OUTBOUND", "NOBODY'S"]);
    const digit = String(random.integer(0, 9));
    const where = ({ number }: PhoneNumber) => number.endsWith(digit);
    const criteria: PhoneNumberCriteria = random.chance(0.5) ? { capability } : { where };
    const params = this.#listParams(tenant);
    const { call, result } = this.#start(
      tenant,
      (limits) => this.#call(name, limits, tenant, true, params.concurrency),
      (client, call) => client.findPhoneNumber(criteria, params, call.options),
      (api, options) => api.findPhoneNumber(criteria, { ...options, ...params }),
    );
    call.reach("start");
    const ending = await call.settled(result, pagesOf(params));
    if (ending.type === "fulfilled" && tenant.version === before && !call.isMisled) {
      const matches = (number: PhoneNumber) =>
        criteria.where ? where(number) : number.capabilities.split("_").includes(capability);
      const expected = tenant.phoneNumbers.find(matches);
      const isExpected = isDeepStrictEqual(ending.value, expected);
      call.complainUnless(
        isExpected,
        `found ${JSON.stringify(ending.value)}, not ${JSON.stringify(expected)}`,
      );
    }
    call.end(ending);
  }

  #listParams(tenant: Tenant): ListAllParams {
    const random = this.#random;
    const limit = random.pick([undefined, 7, 50, 100, 100]);
    // A page that is not needed any more is left before its response.
    const concurrency = tenant.character === "calm" ? 1 : random.pick([undefined, 1, 2, 4, 10]);
    const consistency = random.pick([undefined, "lenient", "strict", "strict"] as const);
    return { limit, concurrency, consistency };
  }

  async #listing(name: string, tenant: Tenant) {
    const params = this.#listParams(tenant);
    const { call, result } = this.#start(
      tenant,
      (limits) => this.#call(name, limits, tenant, true, params.concurrency),
      (client, call) => client.listAllPhoneNumbers(params, call.options),
      (api, options) => api.listAllPhoneNumbers({ ...options, ...params }),
    );
    call.reach("start");
    const way = this.#random.pick(["pages", "numbers", "array"] as const);
    const ending = await (way === "array"
      ? this.#toArray(call, result, tenant, params)
      : this.#iterate(call, result, tenant, way));
    call.end(ending);
  }

  async #toArray(
    call: SoakCall,
    listing: PhoneNumberListing,
    tenant: Tenant,
    params: ListAllParams,
  ): Promise<Ending> {
    const before = tenant.version;
    const limit = this.#random.pick([undefined, undefined, 0, 10, 150]);
    const ending = await call.settled(listing.toArray(limit === undefined ? {} : { limit }), pagesOf(params));
    if (ending.type === "fulfilled") {
      const given = ending.value as PhoneNumber[];
      checkTwice(call, given);
      const isWhole = tenant.version === before && !call.isMisled;
      if (isWhole) checkWhole(call, given, tenant.phoneNumbers.slice(0, limit));
    }
    return ending;
  }

  /** By hand, with pauses, and maybe not to the end. */
  async #iterate(
    call: SoakCall,
    listing: PhoneNumberListing,
    tenant: Tenant,
    way: "pages" | "numbers",
  ): Promise<Ending> {
    const random = this.#random;
    const before = tenant.version;
    const iterator: AsyncIterator<PhoneNumberPage | PhoneNumber> =
      way === "pages" ? listing.pages() : listing[Symbol.asyncIterator]();
    const leavesAt = random.chance(0.15)
      ? random.integer(1, way === "pages" ? 4 : 150)
      : Number.POSITIVE_INFINITY;
    const given: PhoneNumber[] = [];
    const seen = new Set<string>();
    for (let count = 1; ; count += 1) {
      if (random.chance(way === "pages" ? 0.1 : 0.005)) await this.#think();
      if (count === leavesAt) return await this.#leave(call, iterator);
      const ending = await call.settled(iterator.next(), MOST_BARREN_PAGES);
      if (ending.type === "rejected") {
        const after = await call.settled(iterator.next());
        call.complainUnless(isDone(after), "an iteration that failed goes on");
        return ending;
      }
      const { done, value } = ending.value as IteratorResult<PhoneNumberPage | PhoneNumber>;
      if (done) {
        checkTwice(call, given);
        if (tenant.version === before && !call.isMisled) checkWhole(call, given, tenant.phoneNumbers);
        return ending;
      }
      if (way === "pages") {
        const page = value as PhoneNumberPage;
        checkPage(call, count, page, seen);
        given.push(...page.data);
      } else {
        given.push(value as PhoneNumber);
      }
    }
  }

  /** Maybe while a page is under way. */
  async #leave(call: SoakCall, iterator: AsyncIterator<unknown>): Promise<Ending> {
    const pending = this.#random.chance(0.5) ? call.settled(iterator.next(), MOST_BARREN_PAGES) : undefined;
    const ending = await call.settled(iterator.return?.() ?? Promise.resolve());
    call.complainUnless(isDone(ending), "an iteration that was left goes on");
    await pending;
    return ending;
  }
}

function pagesOf({ limit = 100 }: ListAllParams): number {
  return Math.ceil(MOST_NUMBERS / limit) + MOST_BARREN_PAGES;
}

function isDone(ending: Ending): boolean {
  return ending.type === "fulfilled" && (ending.value as IteratorResult<unknown>).done === true;
}

/** A page is what the server sent; of a listing, without what that has given before. */
function checkPage(call: SoakCall, number: number, page: PhoneNumberPage, given?: Set<string>) {
  const sent = call.sent.get(number);
  if (!sent) {
    call.complain(`page ${number} was given, but never sent`);
    return;
  }
  const data = given ? sent.data.filter(({ id }) => !given.has(id) && given.add(id)) : sent.data;
  const expected = { ...sent, data, hasNextPage: sent.page < sent.totalPages };
  call.complainUnless(isDeepStrictEqual({ ...page }, expected), `page ${number} is not what the server sent`);
}

function checkTwice(call: SoakCall, given: readonly PhoneNumber[]) {
  call.complainUnless(new Set(given.map(({ id }) => id)).size === given.length, "a number was given twice");
}

function checkWhole(call: SoakCall, given: readonly PhoneNumber[], all: readonly PhoneNumber[]) {
  const isWhole = isDeepStrictEqual(given, all);
  call.complainUnless(
    isWhole,
    `${given.length} numbers were given, and not the ${all.length} that there are`,
  );
}
