import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompressSync } from "node:zlib";
import { SANDBOX_KEYS } from "../../www/sandbox/index.ts";
import { announcement, expect, test, total } from "./fixtures.ts";
import { serveStatic } from "./static-server.ts";

const repository = join(import.meta.dirname, "../..");
const folder = join(repository, "www/dist");

// The second looks at what the first builds.
test.describe.configure({ mode: "serial" });

test("the static site runs below any path, with any proxy", async ({ page, sandbox, dashboardUrl: _ }) => {
  test.setTimeout(120_000);
  await promisify(execFile)(process.execPath, ["--import", "tsx", "www/build.ts"], { cwd: repository });
  const server = await serveStatic({
    folder,
    path: "/some/where/",
    apiBaseUrl: sandbox.url,
    apiKey: SANDBOX_KEYS.otherCompany,
  });
  const urls: string[] = [];
  page.on("request", (request) => urls.push(request.url()));

  await page.goto(server.url);
  await expect(announcement(page)).toHaveText("1–20 of 41. Page 1 of 3.");
  await expect(total(page)).toHaveText("41 numbers");
  // What is loaded after the rows is found as well.
  await expect(page.getByRole("combobox", { name: "Country" }).getByRole("option")).not.toHaveText([
    "Any",
    /^Unknown/,
  ]);
  // Whoever serves it has not said that there is a sandbox, or the key of an ATS partner.
  await expect(page.getByRole("radio", { name: "ATS partner key" })).toBeHidden();
  await page.getByRole("button", { name: "Request log" }).click();
  await expect(page.getByRole("combobox", { name: "What the API does", exact: true })).toBeHidden();
  for (const url of urls) expect(url.startsWith(server.url), url).toBe(true);
  await server.close();
});

test("nothing of the sandbox is in it", async () => {
  for (const name of await readdir(folder, { recursive: true })) {
    if (!/\.(js|html|css|json)$/.test(name)) continue;
    const text = await readFile(join(folder, name), "utf8");
    for (const key of Object.values(SANDBOX_KEYS)) expect(text).not.toContain(key);
  }
});

test("what is loaded before the rows is small", async () => {
  const html = await readFile(join(folder, "index.html"), "utf8");
  const linked = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, path]) => path ?? "");
  expect(linked.filter((path) => /\.(js|css)$/.test(path))).toHaveLength(3);
  const files = await Promise.all(["index.html", ...linked].map((path) => readFile(join(folder, path))));
  // What is known of telephone numbers is loaded after the first rows.
  expect(Buffer.concat(files).includes("countryCallingCode")).toBe(false);
  const sizes = files.map((file) => brotliCompressSync(file).byteLength);
  // Of these, 51 kB are the package.
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(77_000);
});
