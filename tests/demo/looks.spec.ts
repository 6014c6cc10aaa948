import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { VIEWS } from "./views.ts";

const screenshots = join(import.meta.dirname, "../../test-results/screenshots");

/** The widest phone, and a laptop: their screenshots are kept. */
const KEPT = [1280, 390];
/** A small phone; half a laptop, which is what its screen is at a zoom of 200 %. */
const NARROW = [640, 320];

/** What may differ between light and dark: the elements are the same. */
const COLOR_RULES = ["color-contrast", "link-in-text-block"];

for (const { name, open } of VIEWS) {
  test(`${name}: accessible in light and dark, and fits every screen`, async ({
    page,
    sandbox,
    dashboardUrl,
  }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.setViewportSize({ width: 1280, height: 900 });
    await open(page, dashboardUrl, sandbox);
    for (const width of KEPT) {
      await page.setViewportSize({ width, height: width > 600 ? 900 : 844 });
      await expectToFit(page);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(screenshots, `${name}-${width}-${colorScheme}.png`) });
        const axe = new AxeBuilder({ page });
        if (colorScheme === "dark") axe.withRules(COLOR_RULES);
        const { violations } = await axe.analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      }
    }
    for (const width of NARROW) {
      await page.setViewportSize({ width, height: 600 });
      await expectToFit(page);
    }
  });
}

/** Whatever is wider scrolls within itself. */
async function expectToFit(page: Page) {
  const [content, screen] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return [scrollWidth, clientWidth] as const;
  });
  expect(content).toBeLessThanOrEqual(screen);
}
