import { ATS_COMPANIES, COMPANIES, SANDBOX_KEYS } from "../../www/sandbox/index.ts";
import { expect, expectLoaded, openLoaded, test, total } from "./fixtures.ts";

test("an ATS partner chooses a company, and learns why", async ({ page, sandbox, dashboardUrl }) => {
  await openLoaded(page, dashboardUrl);
  await page.getByRole("radio", { name: "ATS partner key" }).check();
  await expect(page.getByRole("heading", { name: "Choose a company" })).toBeVisible();
  await expect(page.getByText("An ATS partner key manages many companies")).toBeVisible();
  expect(sandbox.requests).toHaveLength(3);

  await page.getByRole("combobox", { name: "Company", exact: true }).selectOption("Tatra Talent");
  await expectLoaded(page);
  await expect(page).toHaveURL(`${dashboardUrl}?key=ats&company=${COMPANIES.large.id}`);
  const request = sandbox.requests[3];
  expect(request?.query.get("companyId")).toBe(COMPANIES.large.id);
  expect(request?.headers.authorization).toBe(`Bearer ${SANDBOX_KEYS.ats}`);

  await page.getByRole("combobox", { name: "Company", exact: true }).selectOption("Nová Práca");
  await expect(page.getByRole("heading", { name: "No phone numbers yet" })).toBeVisible();

  await page.goBack();
  await expectLoaded(page);
  await page.reload();
  await expectLoaded(page);
  await expect(page.getByRole("combobox", { name: "Company", exact: true })).toHaveValue(COMPANIES.large.id);

  await page.getByRole("radio", { name: "Company key" }).check();
  await expect(page).toHaveURL(dashboardUrl);
  await expectLoaded(page);
});

test("a company that is not offered is entered by its ID", async ({ page, sandbox, dashboardUrl }) => {
  await page.goto(`${dashboardUrl}?key=ats`);
  await page.getByRole("combobox", { name: "Company", exact: true }).selectOption("Another, by its ID");
  const input = page.getByLabel("Company ID");
  await expect(input).toHaveAttribute("aria-invalid", "false");
  await input.fill("3f8b2c1e");
  await page.getByRole("button", { name: "Show its numbers" }).click();
  await expect(page.getByRole("alert")).toContainText("companyId: expected a UUID");
  await expect(input).toHaveAttribute("aria-invalid", "true");
  await expect(input).toHaveAccessibleDescription(/^This is not a UUID/);
  expect(sandbox.requests).toEqual([]);

  await input.fill(COMPANIES.large.id.toUpperCase());
  await input.press("Enter");
  await expectLoaded(page);
  await expect(page.getByText("This is not a UUID")).toBeHidden();
});

test("an offered company can be chosen again instead of one by its ID", async ({ page, dashboardUrl }) => {
  await openLoaded(page, `${dashboardUrl}?key=ats&company=${COMPANIES.large.id}`);
  const company = page.getByRole("combobox", { name: "Company", exact: true });
  await company.selectOption("Another, by its ID");
  await expect(page.getByLabel("Company ID")).toBeVisible();
  await company.selectOption("Tatra Talent");
  await expect(page.getByLabel("Company ID")).toBeHidden();
  await company.selectOption("Another, by its ID");
  await expect(page.getByLabel("Company ID")).toBeVisible();
});

test("each offered company can be listed, also right after the key is switched while another one loads", async ({
  page,
  sandbox,
  dashboardUrl,
}) => {
  for (const { name, phoneNumbers } of ATS_COMPANIES) {
    sandbox.answerNext({ fault: { type: "stall-before-headers" } });
    await page.goto(dashboardUrl);
    await page.getByRole("radio", { name: "ATS partner key" }).check();
    await page.getByRole("combobox", { name: "Company", exact: true }).selectOption(name);
    await expect(total(page)).toHaveText(`${phoneNumbers.length.toLocaleString("en-GB")} numbers`);
    await expect(page.getByRole("alert")).toBeHidden();
  }
});
