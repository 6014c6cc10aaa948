// Builds the dashboard as a static site into www/dist. It needs a proxy beside it: www/README.md says what that does.
import { build as bundle } from "vite";
import { build } from "../pkg-template/build/build.ts";
import { main } from "../pkg-template/build/tools.mjs";
import { commonConfig } from "./vite.ts";

await main(async () => {
  await build();
  await bundle({
    ...commonConfig,
    logLevel: "info",
    // The site works below any path.
    base: "./",
    build: { target: "es2022", modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  });
});
