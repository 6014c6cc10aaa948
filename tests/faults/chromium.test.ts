import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPage, type RowPage } from "./chromium.ts";
import { complaints, misbehaviours } from "./misbehaviours.ts";
import { table } from "./table.ts";

let page: RowPage;
beforeAll(async () => {
  page = await openPage();
}, 60_000);
afterAll(() => page?.close());

for (const { title, rows } of table) {
  describe(title, () => {
    for (const { name } of rows) {
      it(name, { timeout: 30_000 }, async ({ task }) => {
        const result = await page.run(name);
        task.meta.fault = result;
        expect(result.failures).toEqual([]);
      });
    }
  });
}

describe(misbehaviours.title, () => {
  for (const { name } of misbehaviours.rows) {
    it(name, async () => {
      const { failures } = await page.run(name);
      expect(failures).toContain(complaints[name]);
    });
  }
});
