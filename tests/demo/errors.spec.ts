import { BEHAVIOURS, type BehaviourName, COMPANIES } from "../../www/sandbox/index.ts";
import { expect, expectLoaded, test } from "./fixtures.ts";

/** What the page says of each error of the client, and whether it offers another try. */
const failures: { behaviour: BehaviourName; title: string; details: RegExp; retry: boolean }[] = [
  {
    behaviour: "unauthorized",
    title: "InstaView refused the API key",
    details: /InstaView says: The API key is missing.*HTTP 401 · INVALID_API_KEY · Request \S+/s,
    retry: true,
  },
  {
    behaviour: "forbidden",
    title: "The API key may not list these phone numbers",
    details: /HTTP 403 · API_KEY_SUSPENDED/,
    retry: true,
  },
  {
    behaviour: "missing",
    title: "The list of phone numbers was not found",
    details: /Cannot GET/,
    retry: true,
  },
  {
    behaviour: "rejected",
    title: "InstaView did not accept the request",
    details: /page must not be less than 1.*limit must not be greater than 100/s,
    retry: false,
  },
  {
    behaviour: "unsuccessful",
    title: "InstaView answered in an unexpected way",
    details: /The listing is not available/,
    retry: true,
  },
  {
    behaviour: "html",
    title: "InstaView’s answer could not be understood",
    details: /HTTP 200/,
    retry: true,
  },
  {
    behaviour: "malformed",
    title: "InstaView’s answer could not be understood",
    details: /\$\.data\[0\]\.custom: expected .*received .*and \d+ more/s,
    retry: true,
  },
  { behaviour: "down", title: "InstaView is not available", details: /HTTP 503 · 3 attempts/, retry: true },
  { behaviour: "cut", title: "The connection failed", details: /3 attempts/, retry: true },
  { behaviour: "silent", title: "InstaView took too long to answer", details: /3 attempts/, retry: true },
];

for (const { behaviour, title, details, retry } of failures) {
  test(`says what to do: ${BEHAVIOURS[behaviour].label}`, async ({ page, sandbox, dashboardUrl }) => {
    // Waits and time-outs pass at once.
    await page.clock.install();
    sandbox.behaviour = BEHAVIOURS[behaviour].create();
    await page.goto(dashboardUrl);
    const alert = page.getByRole("alert");
    await expect(async () => {
      await page.clock.runFor(5_000);
      await expect(alert).toBeVisible({ timeout: 100 });
    }).toPass();
    await expect(alert.getByRole("heading")).toHaveText(title);
    await expect(alert.getByRole("list")).toContainText(details);
    await expect(page.getByRole("table", { name: "Phone numbers" })).toBeHidden();
    await expect(alert.getByRole("button")).toHaveCount(retry ? 1 : 0);
    if (!retry) return;

    sandbox.behaviour = {};
    await alert.getByRole("button", { name: "Try again" }).click();
    await expectLoaded(page);
    await expect(alert).toHaveCount(0);
    await expect(page.getByRole("region", { name: "Phone numbers", exact: true })).toBeFocused();
  });
}

test("a rate limit for an hour offers another try when it is over", async ({
  page,
  sandbox,
  dashboardUrl,
}) => {
  await page.clock.install();
  sandbox.behaviour = BEHAVIOURS.limited.create();
  await page.goto(dashboardUrl);
  const alert = page.getByRole("alert");
  await expect(alert.getByRole("heading")).toHaveText("Too many requests");
  // What is known of the limit is shown, although the answer had no windows.
  await page.getByRole("button", { name: "Sandbox and log" }).click();
  const limits = page.getByRole("region", { name: "Rate limit" });
  await expect(limits).toContainText(/InstaView accepts no requests for (59|60) min\./);
  const retry = alert.getByRole("button");
  await expect(retry).toHaveText(/^\s*Try again in (59|60) min\s*$/);
  await expect(retry).toBeDisabled();
  await page.clock.fastForward("30:00");
  await expect(retry).toHaveText(/^\s*Try again in (29|30) min\s*$/);
  await page.clock.fastForward("30:01");
  sandbox.behaviour = {};
  await retry.click();
  await expectLoaded(page);
});

test("an argument that the package refuses is never sent", async ({ page, sandbox, dashboardUrl }) => {
  await page.goto(`${dashboardUrl}?key=ats&company=tatra`);
  const alert = page.getByRole("alert");
  await expect(alert.getByRole("heading")).toHaveText("The request was not sent: something in it is wrong");
  await expect(alert).toContainText("companyId: expected a UUID");
  expect(sandbox.requests).toEqual([]);
});

test("a company that the key may not see", async ({ page, dashboardUrl }) => {
  await page.goto(`${dashboardUrl}?key=ats&company=${COMPANIES.small.id}`);
  const alert = page.getByRole("alert");
  await expect(alert.getByRole("heading")).toHaveText("The API key may not list these phone numbers");
  await expect(alert).toContainText("COMPANY_ACCESS_DENIED");
});

test("a page that may not run WebAssembly", async ({ page, dashboardUrl, consoleErrors }) => {
  await page.route(dashboardUrl, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(" 'wasm-unsafe-eval'", "") });
  });
  await page.goto(dashboardUrl);
  const alert = page.getByRole("alert");
  await expect(alert.getByRole("heading")).toHaveText("This dashboard is not set up correctly");
  await expect(alert).toContainText("WebAssembly");
  // To the browser, a page that a test has changed is from nowhere: it refuses Vite's own connection.
  consoleErrors.length = 0;
});
