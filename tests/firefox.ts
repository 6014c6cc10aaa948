import { installWithApt, which } from "./apt.mjs";

const find = () => ["firefox-esr", "firefox"].map(which).find(Boolean);

/** The Firefox that is installed, which it is now where that is possible. */
export function findFirefox(): string | undefined {
  const installed = find();
  if (installed) return installed;
  installWithApt("Firefox", ["firefox-esr"]);
  return find();
}
