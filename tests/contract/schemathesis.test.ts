// Schemathesis against the sandbox: requests that the document allows are answered as it says, others are refused.
import { expect, it } from "vitest";
import {
  ATS_COMPANIES,
  ENVELOPES,
  SANDBOX_KEYS,
  type Sandbox,
  startSandbox,
} from "../../www/sandbox/index.ts";
import { amount, seed } from "./amount.ts";
import { runSchemathesis } from "./schemathesis.ts";

/** A sandbox that answers in another envelope each time. */
async function startChangingSandbox(): Promise<Sandbox> {
  const sandbox = await startSandbox({ rateLimit: { minute: 1_000_000, hour: 1_000_000 } });
  let answers = 0;
  sandbox.behaviour = {
    phoneNumbers(all) {
      sandbox.envelope = ENVELOPES[answers++ % ENVELOPES.length] ?? "flat";
      return all;
    },
  };
  return sandbox;
}

/** Runs so many examples, and expects that nothing is found. */
async function expectNothingFound(key: string, examples: number, config = "") {
  const sandbox = await startChangingSandbox();
  const options = ["--seed", String(seed), "--max-examples", String(examples)];
  const environment = { INSTAVIEW_API_KEY: key };
  const { report, printed } = await runSchemathesis(sandbox.url, environment, { options, config });
  await sandbox.close();
  console.log(`Schemathesis: ${report.test_cases.generated} requests, ${report.failures.length} failures`);
  expect(report, printed).toMatchObject({
    complete: true,
    failures: [],
    errors: [],
    phases: {
      examples: { status: "success" },
      coverage: { status: "success" },
      fuzzing: { status: "success" },
      stateful: { status: "skip", skip_reason: "not_applicable" },
    },
  });
  expect(Object.values(report.warnings).flat(), printed).toEqual([]);
  expect(report.test_cases.generated).toBeGreaterThan(examples);
}
const fewMinutes = 600_000;

it(
  "with the key of a company",
  () => expectNothingFound(SANDBOX_KEYS.company, amount(1_000, 50)),
  fewMinutes,
);

it(
  "with the key of an ATS partner",
  async () => {
    // It needs a companyId, and OpenAPI has no way to say that a parameter depends on a key.
    const config = `[parameters]\n"query.companyId" = "${ATS_COMPANIES[0].id}"`;
    await expectNothingFound(SANDBOX_KEYS.ats, amount(300, 10), config);
  },
  fewMinutes,
);
