import { BEHAVIOURS, COMPANIES } from "../../www/sandbox/index.ts";
import { expect, openLoaded, test } from "./fixtures.ts";

test("shows both windows in the drawer, and what is low beside the numbers", async ({
  page,
  sandbox,
  dashboardUrl,
}) => {
  await page.clock.install({ time: new Date() });
  const report = (minute: number, hour: number): typeof sandbox.behaviour => ({
    rateLimit: (decision, now) => ({
      ...decision,
      minute: { limit: 60, remaining: minute, resetAt: Math.ceil(now / 1000 + 30) * 1000 },
      hour: { limit: 2_000, remaining: hour, resetAt: Math.ceil(now / 1000 + 1_800) * 1000 },
    }),
  });
  sandbox.behaviour = report(57, 1_952);
  await openLoaded(page, dashboardUrl);
  const low = page.getByRole("main").getByRole("region", { name: "Rate limit" });
  await expect(low).toBeHidden();
  await page.getByRole("button", { name: "Sandbox and log" }).click();
  const all = page.getByRole("complementary").getByRole("region", { name: "Rate limit" });
  await expect(all).toContainText("57 of 60 requests left this minute");
  await expect(all).toContainText(/resets in (30|31|29) s/);
  await expect(all).toContainText("1,952 of 2,000 requests left this hour");
  await expect(all).toContainText(/resets in 3[01] min/);

  sandbox.behaviour = report(8, 1_952);
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(low).toContainText("8 of 60 requests left this minute");
  await expect(low).not.toContainText("hour");
  await page.clock.runFor(35_000);
  await expect(low).toBeHidden();
  await expect(all).toContainText("60 of 60 requests left this minute");
  await expect(all).toContainText("a new window");
});

/** More than are loaded unasked, so that another page is another request. */
const many = COMPANIES.continental.phoneNumbers.slice(0, 2_000);

test("waits for the next window, says so, counts down and goes on", async ({
  page,
  sandbox,
  dashboardUrl,
}) => {
  await page.clock.install({ time: new Date() });
  sandbox.behaviour = { ...BEHAVIOURS.exhausted.create(), phoneNumbers: () => many };
  await page.goto(dashboardUrl);
  await expect(page.getByText("1–20 of 2,000", { exact: true })).toBeVisible();
  await expect(page.getByRole("main").getByRole("region", { name: "Rate limit" })).toContainText(
    "0 of 100,000 requests left this minute",
  );

  await page.getByRole("button", { name: "Last" }).click();
  const news = page.getByRole("status").filter({ hasText: "Rate limit" });
  await expect(news).toHaveText(
    "Rate limit: the requests of this minute are used up. Waiting for the next window.",
  );
  await expect(page.getByText(/^Continues in [89] s$/)).toBeVisible();
  expect(sandbox.requests).toHaveLength(1);
  await page.clock.runFor(4_000);
  await expect(page.getByText(/^Continues in [345] s$/)).toBeVisible();
  sandbox.behaviour = { phoneNumbers: () => many };
  await page.clock.runFor(6_000);
  await expect(page.getByText("1,981–2,000 of 2,000", { exact: true })).toBeVisible();
  await expect(news).toBeHidden();
});

test("a wait can be stopped", async ({ page, sandbox, dashboardUrl }) => {
  sandbox.behaviour = { ...BEHAVIOURS.exhausted.create(), phoneNumbers: () => many };
  await page.goto(dashboardUrl);
  await expect(page.getByText("1–20 of 2,000", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Last" }).click();
  await page.getByRole("button", { name: "Stop waiting" }).click();
  await expect(page.getByRole("heading", { name: "Stopped" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Rate limit" })).toBeHidden();
  expect(sandbox.requests).toHaveLength(1);
});

test("tells of an attempt that failed while it tries again", async ({ page, sandbox, dashboardUrl }) => {
  await page.clock.install();
  sandbox.behaviour = BEHAVIOURS.busy.create();
  await page.goto(dashboardUrl);
  await expect(page.getByText("Rate limit: InstaView asked to wait.")).toBeVisible();
  await expect(page.getByText(/^Continues in [234] s$/)).toBeVisible();
  // The other pages are refused once, too.
  await expect(async () => {
    await page.clock.runFor(5_000);
    await expect(page.getByText("1–20 of 237", { exact: true })).toBeVisible({ timeout: 100 });
  }).toPass();
});
