import { COMPANIES, SANDBOX_KEYS } from "../../www/sandbox/index.ts";
import { startDashboard } from "../../www/server/dashboard.ts";
import { expect, expectLoaded, openLoaded, test, total } from "./fixtures.ts";

test("no request of the page carries a key, and none goes elsewhere", async ({
  page,
  sandbox,
  dashboardUrl,
}) => {
  const headers: Promise<Record<string, string>>[] = [];
  const texts: Promise<string>[] = [];
  const urls: string[] = [];
  page.on("request", (request) => {
    headers.push(request.allHeaders());
    urls.push(request.url());
  });
  page.on("response", (response) => {
    // What the page gives up for something else has no text.
    texts.push(
      response.text().catch(() => ""),
      response.allHeaders().then(JSON.stringify),
    );
  });

  // Everything that makes a request.
  await openLoaded(page, dashboardUrl);
  await page.getByRole("button", { name: "Sandbox and log" }).click();
  await page.getByRole("combobox", { name: "Shape of its answers" }).selectOption("guide");
  await expect.poll(() => sandbox.envelope).toBe("guide");
  await page.getByRole("button", { name: "Pick a number for an agent" }).click();
  await expect(page.getByRole("dialog")).toContainText("companyPhoneNumberId");
  await page.keyboard.press("Escape");
  await page.getByRole("radio", { name: "ATS partner key" }).check();
  await expect(page.getByRole("heading", { name: "Choose a company" })).toBeVisible();
  await page.getByRole("combobox", { name: "Company", exact: true }).selectOption(COMPANIES.large.id);
  await expectLoaded(page);

  for (const header of await Promise.all(headers)) expect(header).not.toHaveProperty("authorization");
  for (const url of urls) expect(url.startsWith(dashboardUrl), url).toBe(true);
  for (const text of await Promise.all(texts)) {
    for (const key of Object.values(SANDBOX_KEYS)) expect(text).not.toContain(key);
  }
  expect(await page.content()).not.toContain("sk_test_");

  const keys = new Set(sandbox.requests.map(({ headers }) => headers.authorization));
  expect(keys).toEqual(new Set([`Bearer ${SANDBOX_KEYS.company}`, `Bearer ${SANDBOX_KEYS.ats}`]));
});

test("the page runs nothing that is inline, and is framed by nobody", async ({
  page,
  browserName,
  dashboardUrl,
  consoleErrors,
}) => {
  const answer = await page.goto(dashboardUrl);
  expect(answer?.headers()["content-security-policy"]).toBe("frame-ancestors 'none'");
  const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
  const sources = new Map(
    policy?.split("; ").map((directive) => directive.split(/ (.*)/) as [string, string]),
  );
  expect(sources.get("default-src")).toBe("'none'");
  expect(sources.get("script-src")).toBe("'self' 'wasm-unsafe-eval'");
  expect(sources.get("style-src")).toBe("'self'");
  expect(policy).not.toContain("'unsafe-inline'");
  expect(policy).not.toContain("'unsafe-eval'");

  await expectLoaded(page);
  const inline = page.evaluate(() => document.querySelector("button")?.setAttribute("onclick", "alert()"));
  await expect(inline).rejects.toThrow(/TrustedScript|blocked by CSP/);
  // Firefox throws, and leaves it at that.
  expect(consoleErrors.splice(0)).toHaveLength(browserName === "chromium" ? 1 : 0);
});

test("the proxy keeps what the API and other pages must not see", async ({
  request,
  sandbox,
  dashboardUrl,
}) => {
  const answer = await request.get(`${dashboardUrl}api/phone-numbers?limit=10`, {
    headers: { Authorization: "Bearer sk_of_the_page", Cookie: "session=1" },
  });
  expect(answer.status()).toBe(200);
  expect(answer.headers()).not.toHaveProperty("access-control-allow-origin");
  const received = await sandbox.requestReceived(1);
  expect(received.url).toBe("/phone-numbers?limit=10");
  expect(received.headers.authorization).toBe(`Bearer ${SANDBOX_KEYS.company}`);
  expect(received.headers).not.toHaveProperty("cookie");
});

test("the proxy passes on one request only", async ({ request, sandbox, dashboardUrl }) => {
  for (const method of ["POST", "PUT", "DELETE", "HEAD", "OPTIONS"]) {
    const answer = await request.fetch(`${dashboardUrl}api/phone-numbers`, { method });
    expect(answer.status(), method).toBe(404);
  }
  for (const path of [
    "phone-numbers",
    "api/ats",
    "api/ats/agents",
    "api",
    "api/",
    "api/agents",
    "api/phone-numbers/1",
    "api/phone-numbers%2f..%2fagents",
  ]) {
    expect((await request.get(dashboardUrl + path)).status(), path).toBe(404);
  }
  expect(sandbox.requests).toEqual([]);
});

test("keeps the path of the base URL, and takes the next port", async ({ page, sandbox, dashboard }) => {
  sandbox.reset();
  const second = await startDashboard({
    apiBaseUrl: `${sandbox.url}/v1`,
    apiKey: SANDBOX_KEYS.otherCompany,
    port: Number(new URL(dashboard.url).port),
  });
  expect(second.url).not.toBe(dashboard.url);

  await page.goto(second.url);
  await expect(total(page)).toHaveText("41 numbers");
  // It has no key of an ATS partner, and its API is no sandbox as far as it knows.
  await expect(page.getByRole("radio", { name: "ATS partner key" })).toBeHidden();
  expect((await page.request.get(`${second.url}sandbox-switches`)).status()).toBe(404);
  expect((await page.request.get(`${second.url}api/ats/phone-numbers`)).status()).toBe(404);
  expect(sandbox.requests.map(({ path }) => path)).toEqual(["/v1/phone-numbers"]);
  // It would miss what it loads after the first numbers.
  await page.goto("about:blank");
  await second.close();
});

test("closes promptly, whatever is under way", async ({ page, sandbox, dashboardUrl: _ }) => {
  const dashboard = await startDashboard({
    apiBaseUrl: sandbox.url,
    apiKey: SANDBOX_KEYS.company,
    port: 0,
  });
  sandbox.answerNext({ fault: { type: "stall-in-body" }, body: { data: [] } });
  await page.goto(dashboard.url);
  const { closed } = await sandbox.requestReceived(1);
  await dashboard.close();
  await closed;
});
