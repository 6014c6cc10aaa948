import { join } from "node:path";
import type { InlineConfig } from "vite";

export const WWW = import.meta.dirname;
export const REPOSITORY = join(WWW, "..");
export const PACKAGE = join(REPOSITORY, "pkg");

/** What the server of `npm start` and the static build have in common. */
export const commonConfig: InlineConfig = {
  configFile: false,
  root: WWW,
  logLevel: "warn",
  resolve: {
    alias: { "instaview-phone-numbers": join(PACKAGE, "index.js") },
    // lit-html has an entry for its own development, which says so in the console.
    conditions: ["module", "browser", "production"],
  },
};
