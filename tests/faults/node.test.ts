import { afterAll, describe, expect, it } from "vitest";
import { runRow } from "./harness.ts";
import { complaints, misbehaviours } from "./misbehaviours.ts";
import { SandboxServers } from "./server.ts";
import { table } from "./table.ts";
import { onUnhandledRejection } from "./unhandled.ts";

const servers = new SandboxServers();
afterAll(() => servers.close());

const place = {
  engine: "node" as const,
  servers,
  onUnhandledRejection,
};

for (const { title, rows } of table) {
  describe(title, () => {
    for (const row of rows) {
      it(row.name, { timeout: 30_000 }, async ({ task }) => {
        const result = await runRow(row, place);
        task.meta.fault = result;
        expect(result.failures).toEqual([]);
      });
    }
  });
}

describe(misbehaviours.title, () => {
  for (const row of misbehaviours.rows) {
    it(row.name, async () => {
      const { failures } = await runRow(row, place);
      expect(failures).toContain(complaints[row.name]);
    });
  }
});
