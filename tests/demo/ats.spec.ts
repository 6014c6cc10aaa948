import { ATS_COMPANIES, COMPANIES, SANDBOX_KEYS } from "../../www/sandbox/index.ts";
import { announcement, expect, test } from "./fixtures.ts";

test("an ATS partner chooses a company, and learns why", async ({ page, sandbox, dashboardUrl }) => {
  await page.goto(dashboardUrl);
  await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);
  await page.getByRole("radio", { name: "ATS partner key" }).check();
  await expect(page.getByRole("heading", { name: "Choose a company" })).toBeVisible();
  await expect(page.getByText("An ATS partner key manages many companies")).toBeVisible();
  expect(sandbox.requests).toHaveLength(1);

  await page.getByRole("combobox", { name: "Company", exact: true }).selectOption("Tatra Talent");
  await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);
  await expect(page).toHaveURL(`${dashboardUrl}?key=ats&company=${COMPANIES.large.id}`);
  const [, request] = sandbox.requests;
  expect(request?.query.get("companyId")).toBe(COMPANIES.large.id);
  expect(request?.headers.authorization).toBe(`Bearer ${SANDBOX_KEYS.ats}`);

  await page.getByRole("combobox", { name: "Company", exact: true }).selectOption("Nová Práca");
  await expect(page.getByRole("heading", { name: "No phone numbers yet" })).toBeVisible();

  await page.goBack();
  await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);
  await page.reload();
  await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);
  await expect(page.getByRole("combobox", { name: "Company", exact: true })).toHaveValue(COMPANIES.large.id);

  await page.getByRole("radio", { name: "Company key" }).check();
  await expect(page).toHaveURL(dashboardUrl);
  await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);
});

test("a company that is not offered is entered by its ID", async ({ page, sandbox, dashboardUrl }) => {
  await page.goto(`${dashboardUrl}?key=ats`);
  await page.getByRole("combobox", { name: "Company", exact: true }).selectOption("Another, by its ID");
  const input = page.getByLabel("Company ID");
  await input.fill("3f8b2c1e");
  await page.getByRole("button", { name: "List" }).click();
  await expect(page.getByRole("alert")).toContainText("companyId: expected a UUID");
  expect(sandbox.requests).toEqual([]);

  await input.fill(COMPANIES.large.id.toUpperCase());
  await input.press("Enter");
  await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);
});

test("an offered company can be chosen again instead of one by its ID", async ({ page, dashboardUrl }) => {
  await page.goto(`${dashboardUrl}?key=ats&company=${COMPANIES.large.id}`);
  await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);
  const company = page.getByRole("combobox", { name: "Company", exact: true });
  await company.selectOption("Another, by its ID");
  await expect(page.getByLabel("Company ID")).toBeVisible();
  await company.selectOption("Tatra Talent");
  await expect(page.getByLabel("Company ID")).toBeHidden();
  await company.selectOption("Another, by its ID");
  await expect(page.getByLabel("Company ID")).toBeVisible();
});

test("each offered company can be listed, also right after the key is switched while all are loaded", async ({
  page,
  sandbox,
  dashboardUrl,
}) => {
  for (const { name, phoneNumbers } of ATS_COMPANIES) {
    sandbox.answerNext({ fault: { type: "stall-before-headers" } });
    await page.goto(`${dashboardUrl}?scope=all`);
    await page.getByRole("radio", { name: "ATS partner key" }).check();
    await page.getByRole("combobox", { name: "Company", exact: true }).selectOption(name);
    await expect(page.getByText(`All ${phoneNumbers.length} numbers`, { exact: true })).toBeVisible();
    await expect(page.getByRole("alert")).toBeHidden();
  }
});
