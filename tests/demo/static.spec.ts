import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { SANDBOX_KEYS } from "../../www/sandbox/index.ts";
import { announcement, expect, test } from "./fixtures.ts";
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
  await expect(announcement(page)).toHaveText(/^Page 1 of 3 loaded/);
  await expect(page.getByText("41 numbers", { exact: true })).toBeVisible();
  // Whoever serves it has not said that there is a sandbox, or the key of an ATS partner.
  await expect(page.getByRole("radio", { name: "ATS partner key" })).toBeHidden();
  await page.getByRole("button", { name: "Request log" }).click();
  await expect(page.getByRole("combobox", { name: "What the API does", exact: true })).toBeHidden();
  await page.getByRole("button", { name: "Load all 41" }).click();
  await expect(announcement(page)).toHaveText("All 41 numbers loaded.");
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
