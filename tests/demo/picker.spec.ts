import { BEHAVIOURS, COMPANIES } from "../../www/sandbox/index.ts";
import { announcement, expect, NUMBERS, openLoaded, test, watchClipboard } from "./fixtures.ts";

const first = (...capabilities: string[]) =>
  NUMBERS.find((number) => number.status === "AVAILABLE" && capabilities.includes(number.capabilities));

test("finds the first number for a direction, and shows the code that does", async ({
  page,
  browserName,
  dashboardUrl,
}) => {
  const copied = await watchClipboard(page, browserName);
  await openLoaded(page, dashboardUrl);
  const open = page.getByRole("button", { name: "Pick a number for an agent" });
  await open.click();
  const dialog = page.getByRole("dialog", { name: "Pick a number for an agent" });
  for (const [label, capability, number] of [
    ["Call candidates", "OUTBOUND", first("OUTBOUND", "INBOUND_OUTBOUND")],
    ["Receive calls", "INBOUND", first("INBOUND", "INBOUND_OUTBOUND")],
    ["Both", "INBOUND_OUTBOUND", first("INBOUND_OUTBOUND")],
  ] as const) {
    await dialog.getByRole("radio", { name: label, exact: true }).check();
    await expect(dialog.getByText(number?.id ?? "", { exact: true })).toBeVisible();
    await expect(announcement(page)).toHaveText(`Found ${number?.number}`);
    await expect(dialog.getByRole("region", { name: "The code that does it" })).toContainText(
      `capability: "${capability}"`,
    );
  }

  await dialog.getByRole("button", { name: "Copy the code" }).click();
  // Outside of an open dialog, nothing is heard.
  await expect(dialog.getByRole("status")).toContainText("Copied import");
  const code = await copied();
  expect(code).toContain('import { InstaViewClient } from "instaview-phone-numbers"');
  expect(code).toContain("companyPhoneNumberId: phoneNumber.id");

  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(open).toBeFocused();
});

test("asks for no more pages than it needs, and for the company of an ATS partner", async ({
  page,
  sandbox,
  dashboardUrl,
}) => {
  await openLoaded(page, `${dashboardUrl}?key=ats&company=${COMPANIES.large.id}`);
  await page.getByRole("button", { name: "Pick a number for an agent" }).click();
  await expect(
    page.getByText(first("OUTBOUND", "INBOUND_OUTBOUND")?.id ?? "", { exact: true }),
  ).toBeVisible();
  await expect(page.getByRole("dialog")).toContainText(`{ companyId: "${COMPANIES.large.id}" }`);
  expect(sandbox.requests).toHaveLength(4);
  expect(sandbox.requests[3]?.query.get("companyId")).toBe(COMPANIES.large.id);
});

test("says that there is none", async ({ page, sandbox, dashboardUrl }) => {
  sandbox.behaviour = { phoneNumbers: (all) => all.filter(({ capabilities }) => capabilities === "INBOUND") };
  await page.goto(dashboardUrl);
  await page.getByRole("button", { name: "Pick a number for an agent" }).click();
  await expect(page.getByText("No available number supports outgoing calls.")).toBeVisible();
});

test("explains what went wrong, and tries again", async ({ page, sandbox, dashboardUrl }) => {
  await openLoaded(page, dashboardUrl);
  sandbox.answerNext({ status: 200, body: { success: false, error: { code: "BUSY", message: "Later" } } });
  await page.getByRole("button", { name: "Pick a number for an agent" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("alert")).toContainText("InstaView answered in an unexpected way");
  await dialog.getByRole("button", { name: "Try again" }).click();
  await expect(
    dialog.getByText(first("OUTBOUND", "INBOUND_OUTBOUND")?.id ?? "", { exact: true }),
  ).toBeVisible();
});

test("says what it waits for", async ({ page, sandbox, dashboardUrl }) => {
  await page.clock.install();
  await openLoaded(page, dashboardUrl);
  sandbox.behaviour = BEHAVIOURS.busy.create();
  await page.getByRole("button", { name: "Pick a number for an agent" }).click();
  const dialog = page.getByRole("dialog");
  const news = dialog.getByText("Rate limit: InstaView asked to wait.");
  await expect(news).toBeVisible();
  await expect(dialog.getByText(/^Continues in [34] s$/)).toBeVisible();
  await page.clock.runFor(1_000);
  await expect(dialog.getByText(/^Continues in [23] s$/)).toBeVisible();
  await page.clock.runFor(10_000);
  await expect(dialog).toContainText("companyPhoneNumberId");
  await expect(news).toBeHidden();
});

test("explains that an ATS partner chooses a company first, and follows the company", async ({
  page,
  dashboardUrl,
}) => {
  await openLoaded(page, dashboardUrl);
  await page.getByRole("radio", { name: "ATS partner key" }).check();
  await page.getByRole("button", { name: "Pick a number for an agent" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("alert")).toContainText("Choose a company");
  await page.goBack();
  await expect(
    dialog.getByText(first("OUTBOUND", "INBOUND_OUTBOUND")?.id ?? "", { exact: true }),
  ).toBeVisible();
  await expect(dialog.getByRole("alert")).toBeHidden();
});
