import {
  type ClientEvent,
  InstaViewClient,
  isInstaViewError,
  type ListPhoneNumbersOptions,
  listPhoneNumbers,
} from "instaview-phone-numbers";
import { SANDBOX_KEYS } from "../../www/sandbox/keys.ts";
import { deadline, realElapsed, turn, VirtualClock } from "./clock.ts";
import { compare } from "./compare.ts";
import { inShort } from "./events.ts";
import { Milestones } from "./milestones.ts";
import type { Context, Engine, Expected, Options, Row } from "./row.ts";
import type { Servers } from "./server.ts";
import { watch } from "./watch.ts";

/** Where rows run. */
export interface Place {
  engine: Engine;
  servers: Servers;
  /** Calls back for every rejection that nobody handles, until the function that it returns is called. */
  onUnhandledRejection(listener: (reason: unknown) => void): () => void;
}

/** What came of a row. */
export interface Result {
  /** Nothing where the row holds. */
  failures: string[];
  outcome: string;
  attempts: number;
  requests: number;
  /** Virtual milliseconds. */
  ms: number;
  /** Real milliseconds from the abort to the rejection. */
  abortLatency?: number;
}

/** How a call ended. */
export type Ending = { type: "fulfilled"; value: unknown } | { type: "rejected"; reason: unknown };

/** More waits than any row has. */
const MOST_WAITS = 20;

/** What the row expects in this engine. */
export function expectedIn(engine: Engine, { gets, differences = [] }: Row): Expected {
  const here = differences.filter(({ in: engines }) => engines.includes(engine));
  return Object.assign({}, gets, ...here.map((difference) => difference.gets));
}

/** Runs a row, and says what about it does not hold. */
export async function runRow(row: Row, place: Place): Promise<Result> {
  const { engine, servers, onUnhandledRejection } = place;
  // The core is loaded by the first call, which would count as latency.
  await listPhoneNumbers({ page: 0 }).catch(() => {});
  const expected = expectedIn(engine, row);
  const addresses = await servers.prepare(row.name);

  const clock = new VirtualClock();
  const milestones = new Milestones();
  const controller = new AbortController();
  const watched = watch(controller.signal, onUnhandledRejection);
  const events: ClientEvent[] = [];
  const failures: string[] = [];
  let settlements = 0;
  let abortedAt: number | undefined;

  const moments: Context["moments"] = {
    at: async (moment, count) => {
      await (moment === "arrival" ? servers.arrived(count) : milestones.at(moment, count));
      await turn();
    },
    passTime: () => clock.pass(),
    abort: (...reason) => {
      abortedAt = realElapsed();
      controller.abort(...reason);
      void turn().then(() => {
        if (expected.outcome === "aborted" && settlements === 0) failures.push("the abort is late");
      });
    },
    left: (count) => servers.left(count),
  };

  clock.onWait = () => {
    const count = milestones.reach("wait");
    return count <= MOST_WAITS && !milestones.isAwaited("wait", count);
  };

  /** Has the row's own functions counted, and the events seen. */
  const complete = (given: Options): ListPhoneNumbersOptions => {
    const { onEvent, apiKey, fetch } = given as ListPhoneNumbersOptions;
    return {
      ...(given as ListPhoneNumbersOptions),
      ...(typeof apiKey === "function" && { apiKey: milestones.counting("key", apiKey) }),
      ...(typeof fetch === "function" && { fetch: milestones.counting("fetch", fetch) }),
      onEvent: (event) => {
        events.push(event);
        if (event.type === "retry" || event.type === "rateLimitWait") clock.expectWait(event.delay);
        if (event.type === "response") milestones.reach("head");
        return onEvent?.(event);
      },
    };
  };

  const given = typeof row.options === "function" ? row.options({ ...addresses, moments }) : row.options;
  const standard = { baseUrl: addresses.url, apiKey: SANDBOX_KEYS.company, dangerouslyAllowBrowser: true };
  const options = complete({ ...standard, signal: controller.signal, ...given });
  const { signal: _, ...clientOptions } = options;
  const client = new InstaViewClient(clientOptions);
  const { signal } = controller;
  const others: Promise<unknown>[] = [];
  const context: Context = { ...addresses, options, clientOptions, client, signal, moments, others };

  let ending: Ending | undefined;
  let settledAt = 0;
  const { passed, cancel } = deadline(row.patience ?? 10_000, "the call does not settle");
  clock.install();
  try {
    const during = row.during?.(moments);
    const promise = row.call ? row.call(context) : listPhoneNumbers(options);
    const settle = (how: Ending) => {
      settlements += 1;
      settledAt = realElapsed();
      return how;
    };
    const settled = promise.then(
      (value) => settle({ type: "fulfilled", value }),
      (reason: unknown) => settle({ type: "rejected", reason }),
    );
    ending = await Promise.race([settled, passed]);
    await Promise.race([Promise.all([during, ...others]), passed]);
    // Browsers tell of unhandled rejections in a task of its own.
    for (let turns = 0; turns < 3; turns += 1) await turn();
  } catch (error) {
    failures.push(String(error));
  } finally {
    cancel();
    // What hangs must not go on in the next row.
    if (settlements === 0) controller.abort();
    clock.uninstall();
    watched.stop();
  }

  const { received, byOther } = await servers.requests();
  const sent = events.filter(({ type }) => type === "request").length;
  const result: Omit<Result, "failures"> = {
    outcome: nameOf(ending),
    attempts: ending?.type === "rejected" && isInstaViewError(ending.reason) ? ending.reason.attempts : sent,
    requests: received.length,
    ms: clock.now - clock.start,
    ...(expected.outcome === "aborted" && abortedAt && { abortLatency: settledAt - abortedAt }),
  };
  const signalReason: unknown = controller.signal.reason;
  failures.push(
    ...compare(expected, { ...result, ending, events: events.map(inShort), received, signalReason }),
    ...watched.failures(expected.reported ?? 0),
  );
  if (settlements !== 1) failures.push(`settled ${settlements} times`);
  if (clock.pending > 0) failures.push(`timers left: ${clock.pending}`);
  if (byOther > 0) failures.push("a request reached the other server");
  return { failures, ...result };
}

/** How a call ended, as the table has it. */
export function nameOf(ending: Ending | undefined): string {
  if (!ending) return "none";
  if (ending.type === "fulfilled") return "page";
  return isInstaViewError(ending.reason) ? ending.reason.type : "aborted";
}
