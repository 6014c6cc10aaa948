// How Stryker changes the package's TypeScript. All mutants are in one build of the package; a switch selects one at a time.
export default {
  packageManager: "npm",
  plugins: ["@stryker-mutator/vitest-runner"],
  testRunner: "vitest",
  // The tests import what was built, so Vitest cannot know which of them belong to a source file; what they cover tells it.
  vitest: { configFile: "tests/mutants/vitest.config.ts", related: false },
  coverageAnalysis: "perTest",
  // What runs when the package is imported, such as tables: each of its mutants would need every test.
  ignoreStatic: true,
  buildCommand: "tsx tests/mutants/bundle.ts",
  mutate: ["pkg-template/src/**/*.ts", "!pkg-template/src/**/*.d.ts"],
  disableTypeChecks: "pkg-template/src/**/*.ts",
  ignorePatterns: ["/target/*", "!/target/trapping", "/tests/fuzz", "/www/dist", "/pkg"],
  tempDirName: "target/stryker",
  concurrency: 2,
  timeoutMS: 8_000,
  reporters: ["json", "progress-append-only"],
  jsonReporter: { fileName: "target/mutants/typescript.json" },
};
