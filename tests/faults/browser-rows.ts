import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BrowserName, Unavailable } from "../browsers.ts";
import { complaints, misbehaviours } from "./misbehaviours.ts";
import { openPage, type RowPage } from "./row-page.ts";
import { table } from "./table.ts";

/** Tests every row in a browser. Where there is none, all are skipped, with the reason. */
export function testRowsIn(engine: BrowserName) {
  let page: RowPage | undefined;
  let missing: Unavailable | undefined;
  beforeAll(async () => {
    try {
      page = await openPage(engine);
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      missing = error;
      console.warn(`The fault table is not run in ${engine}: ${error.message}.`);
    }
  }, 60_000);
  afterAll(() => page?.close());

  for (const { title, rows } of table) {
    describe(title, () => {
      for (const { name } of rows) {
        it(name, { timeout: 30_000 }, async ({ task, skip }) => {
          if (!page) return skip(missing?.message);
          const result = await page.run(name);
          task.meta.fault = result;
          expect(result.failures).toEqual([]);
        });
      }
    });
  }

  describe(misbehaviours.title, () => {
    for (const { name } of misbehaviours.rows) {
      it(name, async ({ skip }) => {
        if (!page) return skip(missing?.message);
        const { failures } = await page.run(name);
        expect(failures).toContain(complaints[name]);
      });
    }
  });
}
