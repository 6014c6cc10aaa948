import { survivors } from "./survivors.ts";

/** What is to be changed. */
export interface Scope {
  /** Which part of the mutants, from 1, and of how many. */
  shard: { part: number; parts: number };
  /** The files, by their paths in the repository; none for all. */
  files: string[];
}

/** A small change of the code, and what came of it. */
export interface Mutant {
  /** Its file and what is changed there, without a line, which other changes move. */
  name: string;
  /** Where it is, for people. */
  place: string;
  /** `unviable`: it does not compile. */
  outcome: "caught" | "missed" | "unviable";
}

/** The mutants that no test notices, and the reasons for mutants that one notices after all, where all were tested. */
export function unexplained(mutants: Mutant[], isComplete: boolean): string[] {
  const missed = mutants.filter(({ outcome }) => outcome === "missed");
  const explained = new Set(survivors.flatMap(({ mutants }) => mutants));
  const failures = missed
    .filter(({ name }) => !explained.has(name))
    .map(({ place }) => `Not noticed: ${place}`);
  const missedNames = new Set(missed.map(({ name }) => name));
  const testedNames = new Set(mutants.map(({ name }) => name));
  for (const name of explained) {
    const isNoticed = testedNames.has(name) && !missedNames.has(name);
    if (isComplete && isNoticed)
      failures.push(`Noticed, though survivors.ts says that it cannot be: ${name}`);
  }
  return failures;
}
