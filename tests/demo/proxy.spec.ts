import { startDashboard } from "../../www/dashboard.ts";
import { SANDBOX_KEYS } from "../../www/sandbox/index.ts";
import { expect, test } from "./fixtures.ts";

test("the browser never has the key", async ({ page, sandbox, dashboardUrl }) => {
  const requests: Promise<Record<string, string>>[] = [];
  const texts: Promise<string>[] = [];
  page.on("request", (request) => requests.push(request.allHeaders()));
  page.on("response", (response) => {
    texts.push(response.text(), response.allHeaders().then(JSON.stringify));
  });

  await page.goto(dashboardUrl);
  await expect(page.getByRole("status")).toHaveText(/^Page 1 of 12 loaded/);
  for (const headers of await Promise.all(requests)) expect(headers).not.toHaveProperty("authorization");
  for (const text of await Promise.all(texts)) expect(text).not.toContain(SANDBOX_KEYS.company);
  expect(await page.content()).not.toContain(SANDBOX_KEYS.company);

  const [received] = sandbox.requests;
  expect(received?.headers.authorization).toBe(`Bearer ${SANDBOX_KEYS.company}`);
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
  await expect(page.getByText("41 numbers", { exact: true })).toBeVisible();
  expect(sandbox.requests.map(({ path }) => path)).toEqual(["/v1/phone-numbers"]);
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
