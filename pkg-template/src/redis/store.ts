import type { Issue, RateLimitReport, RateLimitStore, ReportedWindow } from "../../wasm/core.js";
import { invalidArgument, issueOf } from "../issues.ts";
import { type Command, commandOf, type IoRedisLike, type NodeRedisLike } from "./command.ts";

/** How the store uses Redis. */
export interface RedisRateLimitStoreOptions {
  /** What every key begins with. Clients share their limits only with those of the same prefix. Default: `instaview`. */
  prefix?: string;
  /** Milliseconds for one command; past them the store counts as down. Default: 250. */
  timeout?: number;
}

type Admission = Awaited<ReturnType<RateLimitStore["admit"]>>;

/**
 * Shares the rate limits of a key between processes, in Redis 6.2 or newer, or in Valkey.
 *
 * @param client - A client of npm `redis` or `ioredis`, of a single server or a cluster. You connect it, and you close it.
 * @param options - The prefix of its keys, and its timeout.
 * @returns The store, for the option `rateLimitStore`. Whatever happens to Redis, no call fails because of it.
 * @throws An `InstaViewError` of the type `invalid_argument`, where the client or an option is none.
 *
 * @example
 * ```ts
 * const redis = await createClient({ url: process.env.REDIS_URL }).connect();
 * const client = new InstaViewClient({ rateLimitStore: redisRateLimitStore(redis) });
 * ```
 */
export function redisRateLimitStore(
  client: NodeRedisLike | IoRedisLike,
  options: RedisRateLimitStoreOptions = {},
): RateLimitStore {
  const { prefix = "instaview", timeout = 250 } = Object(options) as RedisRateLimitStoreOptions;
  const command = commandOf(client);
  const issues: Issue[] = [];
  if (!command) {
    issues.push(issueOf("client", "a client of npm redis (4 or newer) or ioredis (5 or newer)", client));
  }
  if (typeof options !== "object" || options === null) {
    issues.push(issueOf("options", "an object", options));
  }
  // Braces choose the slot of a cluster, in which all keys of one id must be.
  if (typeof prefix !== "string" || /[{}]/.test(prefix)) {
    issues.push(issueOf("prefix", "a string without braces", prefix));
  }
  if (!Number.isInteger(timeout) || timeout < 1 || timeout > 2 ** 31 - 1) {
    issues.push(issueOf("timeout", "an integer from 1 to 2147483647 (milliseconds)", timeout));
  }
  if (!command || issues.length > 0) throw invalidArgument(issues);
  return storeOf(command, prefix, timeout);
}

function storeOf(command: Command, prefix: string, timeout: number): RateLimitStore {
  /** This process, among the clients that are counted. */
  let self: string | undefined;

  function run(id: string, values: string[], late?: (reply: unknown) => void): Promise<unknown> {
    const keys = ["windows", "requests", "clients"].map((name) => `${prefix}:{${id}}:${name}`);
    return within(timeout, command(keys, values), late);
  }

  async function admit(id: string, lease: number): Promise<Admission> {
    self ??= String(Math.random());
    const values = ["admit", self, String(lease), String(Math.random())];
    return read(await run(id, values, (reply) => giveBack(id, reply).catch(() => {})));
  }

  /** A command that was sent late, such as after a reconnection, may have let a request through that nobody sends. */
  async function giveBack(id: string, reply: unknown): Promise<void> {
    const admission = read(reply);
    if (admission.admitted) await run(id, ["cancel", admission.permit]);
  }

  async function finish(id: string, permit: string, report: RateLimitReport): Promise<void> {
    const { minute, hour, retryAfter } = report;
    await run(id, ["finish", permit, String(retryAfter ?? ""), ...numbers(minute), ...numbers(hour)]);
  }

  // A client's own limit for its stores is not to be the shorter one.
  return Object.assign({ admit, finish }, { timeout });
}

/** As the script takes a window. */
function numbers(window: ReportedWindow | undefined): string[] {
  if (!window) return ["", "", "", ""];
  return [window.limit, window.remaining, window.reset, window.resetIn].map(String);
}

/** What the script has decided, with the number of clients. A client may have been set to give texts as buffers, and numbers as texts. */
function read(reply: unknown): Admission {
  if (!Array.isArray(reply) || reply.length < 3) throw new Error("Redis gave an unknown reply");
  if (Number(reply[0]) === 1) {
    return Object.assign(
      { admitted: true as const, permit: String(reply[1]) },
      { clients: Number(reply[2]) },
    );
  }
  const [, delay, window, clients] = reply;
  return Object.assign(
    { admitted: false as const, delay: Number(delay), window: String(window) as "minute" },
    { clients: Number(clients) },
  );
}

/** What a command gives, in time; what it gives later goes to `late`. */
function within(
  milliseconds: number,
  reply: Promise<unknown>,
  late?: (reply: unknown) => void,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new Error(`Redis did not reply within ${milliseconds} ms`));
    }, milliseconds);
    reply.then(
      (value) => {
        clearTimeout(timer);
        if (isLate) late?.(value);
        else resolve(value);
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
