import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { RateLimiter } from "../../pkg-template/src/testing/rate-limit.ts";
import { Checker } from "./checker.ts";
import { memoryComplaints, type Sample } from "./memory.ts";
import { broken, handles, misbehaviours } from "./misbehaviours.ts";
import { runRound, type Setup } from "./round.ts";
import { createSetup } from "./setup.ts";

let setup: Setup;
beforeAll(async () => {
  setup = { ...(await createSetup()), steps: 15, patience: 60_000 };
  // Loads the core, which takes real time.
  await setup.api.listPhoneNumbers({ page: 0 }).catch(() => {});
});
afterAll(() => setup.server.close());
afterEach(async () => {
  vi.restoreAllMocks();
  for (const handle of handles.splice(0)) await new Promise((resolve) => handle.close(resolve));
});

/** The first round of a seed. */
async function soak(changes: Partial<Setup> = {}): Promise<Checker> {
  const checker = new Checker();
  await runRound({ ...setup, ...changes, checker }, 1, 1);
  return checker;
}

const messages = ({ complaints }: Checker) => complaints.map(({ message }) => message);

const timeout = 90_000;

it("a seed makes the same calls again, and complains of nothing", { timeout }, async () => {
  const [first, second] = [await soak(), await soak()];
  expect(first.complaints).toEqual([]);
  expect(second.complaints).toEqual([]);
  expect(first.calls).toBeGreaterThan(0);
  // Which of two requests arrives first is no choice of the seed's: what becomes of them may differ.
  expect(second.calls).toBe(first.calls);
});

describe("the soak notices", () => {
  it.each(misbehaviours)("$name", { timeout }, async ({ name: _, complaint, patience, ...given }) => {
    const api = broken(given, setup.clock);
    const checker = await soak({ api, ...(patience && { patience }) });
    expect(messages(checker)).toContainEqual(expect.stringMatching(complaint));
  });

  it("a server that does not keep its own limits", { timeout }, async () => {
    const { take } = RateLimiter.prototype;
    vi.spyOn(RateLimiter.prototype, "take").mockImplementation(function (this: RateLimiter, ...given) {
      return { ...take.apply(this, given), exceeded: undefined };
    });
    expect(messages(await soak())).toContain("the server counts otherwise than by hand");
  });
});

describe("memory is flat", () => {
  const samplesOf = (change: (sample: Sample, index: number) => Partial<Sample>) =>
    Array.from({ length: 40 }, (_, index) => {
      const sample = { heap: 20_000_000, bytes: 1_000_000, slots: 1_000, held: 5 };
      return { ...sample, ...change(sample, index) };
    });

  it.each<[string, Parameters<typeof samplesOf>[0], RegExp[]]>([
    ["with noise", ({ heap }, index) => ({ heap: heap + (index % 7) * 100_000 }), []],
    ["with a single peak", ({ heap }, index) => (index === 30 ? { heap: 2 * heap } : {}), []],
    ["while it warms up", ({ heap }, index) => (index < 8 ? { heap: heap / 2, held: 1 } : {}), []],
    [
      "not where the heap grows",
      ({ heap }, index) => ({ heap: heap + index * 200_000 }),
      [/^bytes of the heap/],
    ],
    [
      "not where the core grows",
      ({ bytes }, i) => ({ bytes: bytes + i * 8_000_000 }),
      [/^bytes of the core/],
    ],
    ["not where values are held", ({ held }, i) => ({ held: held + Math.floor(i / 10) }), [/^values that/]],
  ])("%s", (_, change, complaints) => {
    const expected = complaints.map((complaint) => expect.stringMatching(complaint));
    expect(memoryComplaints(samplesOf(change))).toEqual(expected);
  });
});
