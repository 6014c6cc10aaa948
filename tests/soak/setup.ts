import * as api from "instaview-phone-numbers";
import { Checker } from "./checker.ts";
import { SoakClock } from "./clock.ts";
import { allFaults, scriptedRows } from "./faults.ts";
import type { Setup } from "./round.ts";
import { SoakServer } from "./server.ts";
import { Wire } from "./wire.ts";

/** A server that listens, and everything else that rounds use. */
export async function createSetup(): Promise<Setup> {
  const wire = new Wire();
  const server = new SoakServer(wire);
  await server.start();
  return {
    api,
    clock: new SoakClock(),
    checker: new Checker(),
    server,
    wire,
    faults: await allFaults(),
    rows: await scriptedRows(),
    users: 8,
    steps: 30,
    patience: 120_000,
  };
}
