import { deadline, turn } from "../faults/clock.ts";
import { onUnhandledRejection } from "../faults/unhandled.ts";
import { collectReports } from "../faults/watch.ts";
import type { Checker } from "./checker.ts";
import { quiet, type SoakClock } from "./clock.ts";
import type { Fault, ScriptedRow } from "./faults.ts";
import { resources } from "./held.ts";
import { Random } from "./random.ts";
import type { SoakServer } from "./server.ts";
import { CHARACTERS, Tenant } from "./tenants.ts";
import { type Clients, User } from "./user.ts";
import type { Wire } from "./wire.ts";
import type { Api, World } from "./world.ts";

/** Real milliseconds, about, that connections have to end. */
const MOST_TURNS = 5_000;

/** What all rounds use. */
export interface Setup {
  api: Api;
  clock: SoakClock;
  checker: Checker;
  server: SoakServer;
  wire: Wire;
  faults: readonly Fault[];
  rows: readonly ScriptedRow[];
  /** How many there are at once, and what each of them does in a round. */
  users: number;
  steps: number;
  /** Real milliseconds after which a round is taken to hang. */
  patience: number;
}

/** Lets users do what they like for a while, and sees to it that nothing is left of it. */
export async function runRound(setup: Setup, seed: number, round: number): Promise<void> {
  const { clock, checker, server, wire, patience } = setup;
  const name = `round ${round}`;
  const world = createWorld(setup, seed, round);
  const before = resources();
  const reports = collectReports();
  const stopListening = onUnhandledRejection((reason) =>
    checker.complain(name, `unhandled rejection: ${String(reason)}`),
  );
  clock.install();
  clock.startHour();
  Math.random = () => world.random.fraction();
  wire.install(world);
  server.world = world;

  const { passed, cancel } = deadline(patience, "the round does not end");
  await Promise.race([useAll(world, setup), passed]).catch((error) => checker.complain(name, String(error)));
  cancel();

  // What is left would pass by itself.
  clock.isStopped = true;
  await quiet();
  checker.check(name, clock.foreignTimers === 0, `timers left: ${clock.foreignTimers}`);
  for (const call of world.calls.values()) call.checkSettlements();
  checkLimits(world);
  server.world = undefined;
  server.disconnect();
  wire.uninstall();
  clock.clear();
  clock.uninstall();
  clock.isStopped = false;
  let left = resources(before);
  for (let turns = 0; turns < MOST_TURNS && left.length > 0; turns += 1) {
    await turn();
    left = resources(before);
  }
  checker.check(name, left.length === 0, `resources left: ${left.join(", ")}`);
  stopListening();
  reports.stop();
  for (const error of reports.errors) checker.complain(name, `reported: ${String(error)}`);
}

function createWorld(
  { server, api, clock, checker, faults, rows }: Setup,
  seed: number,
  round: number,
): World {
  const random = new Random(seed, round);
  const characters = [...CHARACTERS, ...CHARACTERS];
  return {
    seed: `${seed} ${round}`,
    random,
    api,
    url: server.url,
    clock,
    checker,
    faults,
    rows,
    tenants: characters.map((character, index) => new Tenant(`${index}${character}`, character, random)),
    calls: new Map(),
    skew: 1_000 * random.pick([0, 0, 1, -90, random.integer(-100_000, 100_000)]),
  };
}

async function useAll(world: World, { users, steps }: Setup) {
  const clients: Clients = new Map();
  const run = (name: number) => new User(world, clients, String(name)).run(steps);
  await Promise.all(Array.from({ length: users }, (_, index) => run(index + 1)));
}

/**
 * A request that the server has to refuse counts against its client, unless that had not read any report when it sent the request. Each
 * request whose response did not arrive may be missing in what the client knows of two windows.
 */
function checkLimits({ tenants, checker }: World) {
  for (const { character, isKept, refused, counted, reported, limits } of tenants) {
    if (!isKept) continue;
    const most = 2 * (counted - reported);
    const message =
      `${refused.length} requests of a ${character} key over its limits of ${limits.minute} and ${limits.hour}; ` +
      `${most} may be, because ${counted - reported} of ${counted} responses did not arrive`;
    checker.check(refused.join(", "), refused.length <= most, message);
  }
}
