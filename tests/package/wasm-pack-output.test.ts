// What `wasm-pack build --target web` alone gives: its calls work with nothing handed in, in Node and in a page.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "@playwright/test";
import type { PhoneNumberPage } from "instaview-phone-numbers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumArgs, findChromium } from "../chromium.mjs";
import { type Host, serveFolder } from "../matrix/servers.ts";
import { rejection, useSandbox } from "./sandbox.ts";

type Output = typeof import("../../pkg-template/wasm/core.js");

const server = useSandbox();
const folder = fileURLToPath(new URL("../../target/plain/", import.meta.url));

describe("in Node", () => {
  let output: Output;
  beforeAll(async () => {
    output = await import(`${folder}instaview_phone_numbers.js`);
    output.initSync({ module: await readFile(`${folder}instaview_phone_numbers_bg.wasm`) });
  });

  it("a page is listed", async () => {
    const page = await output.listPhoneNumbers({ ...server.options, page: 2, limit: 50 });
    expect(page).toMatchObject({ total: 237, page: 2, limit: 50, totalPages: 5, hasNextPage: true });
    expect(page.data).toHaveLength(50);
    expect(server.sandbox.requests.map(({ url }) => url)).toEqual(["/phone-numbers?page=2&limit=50"]);
  });

  it("a failure is an error with its fields", async () => {
    const options = { ...server.options, apiKey: "sk_test_unknown" };
    expect(await rejection(output.listPhoneNumbers(options))).toMatchObject({
      name: "InstaViewError",
      type: "authentication",
      status: 401,
      attempts: 1,
    });
  });

  it("a client and a listing work", async () => {
    const client = new output.InstaViewClient(server.options);
    expect((await client.listPhoneNumbers()).total).toBe(237);
    expect(client.rateLimit?.minute?.limit).toBe(1_000_000);
    const listing = client.openListing(undefined, undefined, undefined);
    const { signal } = new AbortController();
    const [page, attempts] = await listing.page(3, signal);
    expect(page.data).toHaveLength(37);
    expect(attempts).toBe(1);
  });
});

describe("in a page", () => {
  let host: Host;
  let browser: Browser;
  beforeAll(async () => {
    host = await serveFolder(folder);
    const executablePath = process.env.CHROMIUM_PATH ?? findChromium();
    browser = await chromium.launch({ args: chromiumArgs, ...(executablePath && { executablePath }) });
  });
  afterAll(async () => {
    await browser.close();
    host.close();
  });

  it("a page is listed", async () => {
    const tab = await browser.newPage();
    // Any file gives the tab the origin of the module.
    await tab.goto(`${host.url}/package.json`);
    const options = { ...server.options, limit: 3, dangerouslyAllowBrowser: true };
    // A string, because Vitest would replace the import.
    const page: PhoneNumberPage = await tab.evaluate(`(async () => {
      const { default: init, listPhoneNumbers } = await import("/instaview_phone_numbers.js");
      await init();
      return await listPhoneNumbers(${JSON.stringify(options)});
    })()`);
    expect(page).toMatchObject({ total: 237, page: 1, limit: 3, totalPages: 79, hasNextPage: true });
    expect(page.data).toHaveLength(3);
  });
});
