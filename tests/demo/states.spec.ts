import { startDashboard } from "../../www/dashboard.ts";
import { COMPANIES, SANDBOX_KEYS, type ScriptedAnswer } from "../../www/sandbox/index.ts";
import { expect, test } from "./fixtures.ts";

/** For a client that tries again by itself. */
function atEveryAttempt(answer: ScriptedAnswer): ScriptedAnswer[] {
  return Array(3).fill(answer);
}

test("a page that loads is busy, and given up for another", async ({ page, sandbox, dashboardUrl }) => {
  const table = page.getByRole("table", { name: "Phone numbers" });
  await page.goto(dashboardUrl);
  await expect(page.getByRole("status")).toHaveText(/^Page 1 of 12 loaded/);
  await expect(table).toHaveAttribute("aria-busy", "false");

  sandbox.answerNext({ fault: { type: "stall-before-headers" } });
  await page.getByRole("button", { name: "Next" }).click();
  await expect(table).toHaveAttribute("aria-busy", "true");
  await expect(page.getByRole("rowheader")).toHaveCount(0);
  await expect(page.getByText("Page 2 of 12", { exact: true })).toBeVisible();

  const stalled = await sandbox.requestReceived(2);
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByRole("status")).toHaveText(/^Page 3 of 12 loaded/);
  await stalled.closed;
  expect(stalled.aborted).toBe(true);
});

test("a company without numbers", async ({ page, sandbox, dashboardUrl }) => {
  sandbox.answerNext({ body: { data: [], total: 0, page: 1, limit: 20, totalPages: 0 } });
  await page.goto(dashboardUrl);
  await expect(page.getByRole("heading", { name: "No phone numbers yet" })).toBeVisible();
  await expect(page.getByRole("status")).toHaveText("There are no numbers on this page.");
  await expect(page.getByRole("table")).toBeHidden();
  await expect(page.getByRole("button", { name: "Next" })).toBeHidden();
});

test("a page after the last", async ({ page, dashboardUrl }) => {
  await page.goto(`${dashboardUrl}?page=99`);
  await expect(page.getByRole("heading", { name: "Page 99 is empty" })).toBeVisible();
  await page.getByRole("button", { name: "Go to the first page" }).click();
  await expect(page.getByRole("status")).toHaveText(/^Page 1 of 12 loaded/);
});

test("a filter that nothing on the page matches", async ({ page, sandbox, dashboardUrl }) => {
  const data = COMPANIES.large.phoneNumbers.filter(({ capabilities }) => capabilities === "INBOUND");
  sandbox.answerNext({ body: { data: data.slice(0, 20), total: 237, page: 1, limit: 20, totalPages: 12 } });
  await page.goto(`${dashboardUrl}?capability=OUTBOUND`);
  await expect(page.getByRole("heading", { name: "No match for “Can call out” on this page" })).toBeVisible();
  await expect(page.getByText("0 of the 20 numbers on this page", { exact: true })).toBeVisible();
  await expect(page.getByText("Other pages may have a match")).toBeVisible();

  await page.getByRole("button", { name: "Show all" }).press("Enter");
  await expect(page.getByRole("rowheader")).toHaveCount(20);
  await expect(page.getByRole("region", { name: "Phone numbers" })).toBeFocused();
});

const failures: { what: string; answer: ScriptedAnswer; title: string; advice?: string; retry: boolean }[] = [
  {
    what: "a refused key",
    answer: { status: 401, body: { success: false, error: { code: "INVALID_API_KEY", message: "Revoked" } } },
    title: "InstaView refused the API key",
    retry: false,
  },
  {
    what: "a wrong address",
    answer: { status: 404, body: { statusCode: 404, message: "Cannot GET /phone-numbers" } },
    title: "The list of phone numbers was not found",
    retry: false,
  },
  {
    what: "an exceeded rate limit",
    answer: { status: 429, headers: { "Retry-After": "3600" }, body: { statusCode: 429, retryAfter: 3600 } },
    title: "Too many requests",
    advice: "Retry in 60 minutes.",
    retry: true,
  },
  {
    what: "a failure of the API",
    answer: { status: 503, body: "<h1>Service Unavailable</h1>" },
    title: "InstaView is not available",
    retry: true,
  },
  {
    what: "an API that cannot be reached",
    answer: { fault: { type: "reset-before-headers" } },
    title: "InstaView is not available",
    retry: true,
  },
  {
    what: "an answer that breaks off",
    answer: {
      body: { data: [], total: 0, page: 1, limit: 20, totalPages: 0 },
      fault: { type: "reset-in-body" },
    },
    title: "The connection failed",
    retry: true,
  },
  {
    what: "an answer without numbers",
    answer: { body: "<h1>Welcome</h1>" },
    title: "InstaView’s answer could not be understood",
    retry: true,
  },
];

for (const { what, answer, title, advice = "", retry } of failures) {
  test(`says what to do about ${what}`, async ({ page, sandbox, dashboardUrl }) => {
    sandbox.answerNext(...atEveryAttempt(answer));
    await page.goto(dashboardUrl);
    const alert = page.getByRole("alert");
    await expect(alert.getByRole("heading", { name: title })).toBeVisible();
    await expect(alert).toContainText(advice);
    await expect(alert.getByRole("button", { name: "Retry" })).toHaveCount(retry ? 1 : 0);
    await expect(page.getByRole("table")).toBeHidden();
  });
}

test("shows the API's own words, and its name for the request", async ({ page, sandbox, dashboardUrl }) => {
  const message = ["page must not be less than 1", "limit must not be greater than 100"];
  sandbox.answerNext({ status: 400, body: { statusCode: 400, message, error: "Bad Request" } });
  await page.goto(dashboardUrl);
  const alert = page.getByRole("alert");
  for (const text of message) await expect(alert.getByText(`InstaView says: ${text}`)).toBeVisible();
  await expect(alert.getByText(/^Request ID: \S/)).toBeVisible();
});

for (const [name, title] of [
  ["suspended", "The API key may not list these phone numbers"],
  ["ats", "InstaView did not accept the request"],
] as const) {
  test(`says what is wrong with a key: ${name}`, async ({ page, sandbox }) => {
    const dashboard = await startDashboard({
      apiBaseUrl: sandbox.url,
      apiKey: SANDBOX_KEYS[name],
      port: 0,
    });
    await page.goto(dashboard.url);
    await expect(page.getByRole("alert").getByRole("heading", { name: title })).toBeVisible();
    await dashboard.close();
  });
}

test("a retry after a lost connection", async ({ page, dashboardUrl }) => {
  await page.route("**/api/phone-numbers?**", (route) => route.abort());
  await page.goto(`${dashboardUrl}?page=2`);
  await expect(page.getByRole("alert").getByRole("heading", { name: "The connection failed" })).toBeVisible();

  await page.unroute("**/api/phone-numbers?**");
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(page.getByRole("status")).toHaveText(/^Page 2 of 12 loaded/);
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Phone numbers" })).toBeFocused();
});
