// The tests that Stryker runs for the mutants: those that call the package in their own process, where a mutant is switched on,
// and that take less than a few seconds.
import { defineConfig } from "vitest/config";
import all from "../vitest.config.ts";

const inPackage = [
  "{api-errors,arguments,call-events,capability,configuration,errors,find,hostile,interruptions,key}",
  "{hunted,late-responses,listing,listing-changes,listing-interruptions,listing-options,listing-too-long,loading}",
  "{loading-interruptions,pages,rate-limit,rate-limit-store,seen-ids,signals,snapshot}",
  "{testing,testing-data,testing-responses,trap}",
];

export default defineConfig({
  ...all,
  test: {
    ...all.test,
    include: [
      ...inPackage.map((names) => `tests/package/${names}.test.ts`),
      "tests/sandbox/{data,envelopes,parameters,rate-limit,scripted-answers}.test.ts",
      "tests/redis/{commands,rules,store}.test.ts",
    ],
    reporters: [],
  },
});
