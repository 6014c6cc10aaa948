import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The built entry of this name. */
const built = (entry: string) => `${fileURLToPath(new URL("../pkg", import.meta.url))}/${entry}.js`;

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    include: ["tests/{bench,commands,contract,faults,package,redis,sandbox,soak}/**/*.test.ts"],
    reporters: ["default", "./tests/faults/report.ts"],
    alias: [
      { find: /^instaview-phone-numbers$/, replacement: built("index") },
      { find: /^instaview-phone-numbers\/(.*)$/, replacement: built("$1") },
    ],
    // The variables of whoever runs the tests must not decide where the requests go.
    env: { INSTAVIEW_API_KEY: "", INSTAVIEW_BASE_URL: "" },
  },
});
