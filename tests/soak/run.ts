// Rounds, until the time is over or something does not hold: what main.ts bundles, and runs in a process of its own.
import { listPhoneNumbers } from "instaview-phone-numbers";
import { realElapsed } from "../faults/clock.ts";
import { CoreWatch, heapInUse } from "./held.ts";
import { memoryComplaints, type Sample } from "./memory.ts";
import { failure, type Progress, progressLine, summary } from "./report.ts";
import { runRound } from "./round.ts";
import { createSetup } from "./setup.ts";

const [seed = 0, seconds = 0, only = 0] = process.argv.slice(2).map(Number);

const core = new CoreWatch();
await core.during(() => listPhoneNumbers({ page: 0 }).catch(() => {}));
const setup = await createSetup();
const { checker, clock } = setup;
const samples: Sample[] = [];
const progress: Progress = { seed, rounds: only > 0 ? only - 1 : 0, passed: 0, checker };

const start = realElapsed();
let tenth = 0;
do {
  const before = clock.now;
  progress.rounds += 1;
  await runRound(setup, seed, progress.rounds);
  progress.passed += clock.now - before;
  const sample = { heap: await heapInUse(), ...core.use };
  samples.push(sample);
  const reached = Math.min(10, Math.floor(((realElapsed() - start) / seconds / 1000) * 10));
  if (reached > tenth) console.log(progressLine(reached, progress, sample));
  tenth = reached;
} while (tenth < 10 && only === 0 && checker.complaints.length === 0);

for (const complaint of memoryComplaints(samples)) checker.complain("memory", complaint);
await setup.server.close();
const names = [...setup.faults, ...setup.rows.map(({ row }) => row)].map(({ name }) => name);
console.log(summary(progress, names));
if (checker.complaints.length > 0) {
  console.error(failure(progress));
  process.exitCode = 1;
} else {
  console.log("Everything held.");
}
