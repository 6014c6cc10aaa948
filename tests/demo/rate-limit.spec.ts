import { BEHAVIOURS } from "../../www/sandbox/index.ts";
import { announcement, expect, test } from "./fixtures.ts";

test("shows both windows as they are used up, and when they start again", async ({
  page,
  sandbox,
  dashboardUrl,
}) => {
  await page.clock.install({ time: new Date() });
  sandbox.behaviour = {
    rateLimit: (decision, now) => ({
      ...decision,
      minute: { limit: 60, remaining: 12, resetAt: Math.ceil(now / 1000 + 30) * 1000 },
      hour: { limit: 2_000, remaining: 1_952, resetAt: Math.ceil(now / 1000 + 1_800) * 1000 },
    }),
  };
  await page.goto(dashboardUrl);
  const region = page.getByRole("region", { name: "Rate limit" });
  await expect(region).toContainText("12 of 60 left");
  await expect(region).toContainText(/resets in 3[01] s/);
  await expect(region).toContainText("1,952 of 2,000 left");
  await expect(region).toContainText(/resets in 3[01] min/);
  await page.clock.runFor(10_000);
  await expect(region).toContainText(/resets in 2[01] s/);
  await page.clock.runFor(25_000);
  await expect(region).toContainText("60 of 60 left");
  await expect(region).toContainText("new window");
});

test("waits for the next window, says so, counts down and goes on", async ({
  page,
  sandbox,
  dashboardUrl,
}) => {
  await page.clock.install({ time: new Date() });
  sandbox.behaviour = BEHAVIOURS.exhausted.create();
  await page.goto(dashboardUrl);
  await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);
  await expect(page.getByRole("region", { name: "Rate limit" })).toContainText(/\s0 of 100,000 left/);

  await page.getByRole("button", { name: "Next" }).click();
  const news = page.getByRole("status").filter({ hasText: "Rate limit" });
  await expect(news).toHaveText(
    "Rate limit: the requests of this minute are used up. Waiting for the next window.",
  );
  await expect(page.getByText(/^continues in [89] s$/)).toBeVisible();
  expect(sandbox.requests).toHaveLength(1);
  await page.clock.runFor(4_000);
  await expect(page.getByText(/^continues in [45] s$/)).toBeVisible();
  sandbox.behaviour = {};
  await page.clock.runFor(6_000);
  await expect(announcement(page)).toHaveText(/^Page 2 of 12 loaded/);
  await expect(news).toBeHidden();
});

test("a wait can be stopped", async ({ page, sandbox, dashboardUrl }) => {
  sandbox.behaviour = BEHAVIOURS.exhausted.create();
  await page.goto(dashboardUrl);
  await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);
  await page.getByRole("button", { name: "Next" }).click();
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
  await expect(page.getByText(/^continues in [34] s$/)).toBeVisible();
  await page.clock.runFor(10_000);
  await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);
});
