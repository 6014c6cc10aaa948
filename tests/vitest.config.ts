import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    include: ["tests/{bench,commands,faults,package,sandbox}/**/*.test.ts"],
    reporters: ["default", "./tests/faults/report.ts"],
    alias: { "instaview-phone-numbers": fileURLToPath(new URL("../pkg/index.js", import.meta.url)) },
    // The variables of whoever runs the tests must not decide where the requests go.
    env: { INSTAVIEW_API_KEY: "", INSTAVIEW_BASE_URL: "" },
  },
});
