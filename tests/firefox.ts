// Where a Firefox is for the tests: any, because Playwright drives it by WebDriver BiDi. Playwright stays at 1.64 for that:
// 1.65 opens every page with a command that Debian's Firefox ESR 153 does not know (emulation.setMediaFeaturesOverride).
import { installWithApt, which } from "./apt.mjs";

const find = () => ["firefox-esr", "firefox"].map(which).find(Boolean);

/** The Firefox that is installed, which it is now where that is possible. */
export function findFirefox(): string | undefined {
  const installed = find();
  if (installed) return installed;
  installWithApt("Firefox", ["firefox-esr"]);
  return find();
}
