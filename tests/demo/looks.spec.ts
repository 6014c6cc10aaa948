import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { VIEWS } from "./views.ts";

const screenshots = join(import.meta.dirname, "../../test-results/screenshots");

/** A laptop, a tablet and a phone: their screenshots are kept. */
const KEPT = [
  { width: 1280, height: 900 },
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
];
/** A small phone; half a laptop, which is what its screen is at a zoom of 200 %; between a tablet and a laptop; and a large screen. */
const OTHERS = [320, 640, 900, 1060, 1920];

/** What may differ between light and dark: the elements are the same. */
const COLOR_RULES = ["color-contrast", "link-in-text-block"];

const LOOKS = {
  light: { colorScheme: "light", forcedColors: "none" },
  dark: { colorScheme: "dark", forcedColors: "none" },
  forced: { colorScheme: "light", forcedColors: "active" },
} as const;

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
    for (const size of KEPT) {
      await page.setViewportSize(size);
      await expectToFit(page);
      for (const look of ["light", "dark", "forced"] as const) {
        await page.emulateMedia(LOOKS[look]);
        await page.screenshot({ path: join(screenshots, `${name}-${size.width}-${look}.png`) });
        // The system's own colours are the system's affair; a tablet has what a laptop has, and less.
        if (look === "forced" || size.width === 768) continue;
        const axe = new AxeBuilder({ page });
        if (look === "dark") axe.withRules(COLOR_RULES);
        const { violations } = await axe.analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      }
      await page.emulateMedia(LOOKS.light);
    }
    for (const width of OTHERS) {
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
