import type { SoakCall } from "./call.ts";
import type { Checker } from "./checker.ts";
import type { SoakClock } from "./clock.ts";
import type { Fault, ScriptedRow } from "./faults.ts";
import type { Random } from "./random.ts";
import type { Tenant } from "./tenants.ts";

/** What is called: the package, or in the tests of the soak something that is broken. */
export type Api = Pick<
  typeof import("instaview-phone-numbers"),
  "InstaViewClient" | "listPhoneNumbers" | "listAllPhoneNumbers" | "findPhoneNumber"
>;

/** Everything that a round has. */
export interface World {
  /** What all its choices follow from. */
  seed: string;
  random: Random;
  api: Api;
  /** Where the server is. */
  url: string;
  clock: SoakClock;
  checker: Checker;
  faults: readonly Fault[];
  rows: readonly ScriptedRow[];
  tenants: readonly Tenant[];
  calls: Map<string, SoakCall>;
  /** How far the server's clock is ahead, in milliseconds. */
  skew: number;
}
