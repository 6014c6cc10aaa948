import type { Page } from "@playwright/test";
import { BEHAVIOURS, COMPANIES, type Sandbox } from "../../www/sandbox/index.ts";
import { announcement, expect, expectLoaded, NUMBERS, openLoaded } from "./fixtures.ts";

/** A state of the page that is looked at: by axe, and by people in its screenshots. */
interface LookedAt {
  name: string;
  open(page: Page, url: string, sandbox: Sandbox): Promise<void>;
}

const openLog = (page: Page) => page.getByRole("button", { name: "Sandbox and log" }).click();

/** More than are loaded unasked. */
const MANY = COMPANIES.continental.phoneNumbers.slice(0, 2_370);
const many = (sandbox: Sandbox) => {
  sandbox.behaviour = { phoneNumbers: () => MANY };
};

/** No request is answered any more. */
const stall = (sandbox: Sandbox) => {
  sandbox.behaviour = { answer: () => ({ fault: { type: "stall-before-headers" } }) };
};

export const VIEWS: LookedAt[] = [
  { name: "numbers", open: openLoaded },
  {
    name: "loading",
    open: async (page, url, sandbox) => {
      stall(sandbox);
      await page.goto(url);
      await expect(announcement(page)).toHaveText("Loading…");
    },
  },
  {
    name: "still-waiting",
    open: async (page, url, sandbox) => {
      stall(sandbox);
      await page.goto(url);
      await expect(page.getByText("Still waiting for InstaView…")).toBeVisible();
    },
  },
  {
    name: "filtered-sorted",
    open: async (page, url) => {
      await page.goto(`${url}?status=AVAILABLE&country=SK&sort=-created`);
      await expect(announcement(page)).toHaveText(/matches/);
    },
  },
  {
    name: "filters-and-overview",
    open: async (page, url) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(`${url}?country=SK`);
      await page.getByRole("button", { name: "Filters 1 chosen" }).click();
      await page.getByRole("button", { name: "Overview" }).click();
      await expect(announcement(page)).toHaveText(/matches/);
    },
  },
  {
    name: "many",
    open: async (page, url, sandbox) => {
      many(sandbox);
      await page.goto(`${url}?capability=OUTBOUND`);
      await expect(page.getByText("Showing matches on this page only.")).toBeVisible();
    },
  },
  {
    name: "loading-all",
    open: async (page, url, sandbox) => {
      const page1 = { body: { data: MANY.slice(0, 100), total: 2_370, page: 1, limit: 100, totalPages: 24 } };
      sandbox.answerNext(page1);
      stall(sandbox);
      await page.goto(`${url}?scope=all`);
      await expect(announcement(page)).toHaveText("100 of 2,370 numbers loaded.");
    },
  },
  {
    name: "no-match-on-page",
    open: async (page, url, sandbox) => {
      many(sandbox);
      await page.goto(`${url}?q=atlantis`);
      await expect(page.getByRole("heading", { name: "No match on this page" })).toBeVisible();
    },
  },
  {
    name: "no-match",
    open: async (page, url) => {
      await page.goto(`${url}?q=atlantis`);
      await expect(page.getByRole("heading", { name: "No match", exact: true })).toBeVisible();
    },
  },
  {
    name: "empty-company",
    open: async (page, url) => {
      await page.goto(`${url}?key=ats&company=${COMPANIES.empty.id}`);
      await expect(page.getByRole("heading", { name: "No phone numbers yet" })).toBeVisible();
    },
  },
  {
    name: "ats-without-company",
    open: async (page, url) => {
      await page.goto(`${url}?key=ats`);
      await expect(page.getByRole("heading", { name: "Choose a company" })).toBeVisible();
    },
  },
  {
    name: "ats-company-by-id",
    open: async (page, url) => {
      await page.goto(`${url}?key=ats&company=tatra`);
      await expect(page.getByRole("alert")).toBeVisible();
    },
  },
  {
    name: "error-with-retry",
    open: async (page, url, sandbox) => {
      sandbox.behaviour = BEHAVIOURS.unsuccessful.create();
      await page.goto(url);
      await expect(page.getByRole("alert")).toBeVisible();
    },
  },
  {
    name: "error-malformed",
    open: async (page, url, sandbox) => {
      sandbox.behaviour = BEHAVIOURS.malformed.create();
      await page.goto(url);
      await expect(page.getByRole("alert")).toBeVisible();
    },
  },
  {
    name: "error-rate-limit",
    open: async (page, url, sandbox) => {
      sandbox.behaviour = BEHAVIOURS.limited.create();
      await page.goto(url);
      await expect(page.getByRole("alert")).toBeVisible();
    },
  },
  {
    name: "waiting",
    open: async (page, url, sandbox) => {
      sandbox.behaviour = {
        rateLimit: (decision, now) => {
          const resetAt = Math.ceil(now / 1000 + 50) * 1000;
          return { ...decision, minute: { limit: 60, remaining: 0, resetAt } };
        },
      };
      await page.goto(url);
      await expect(page.getByRole("status").filter({ hasText: "Rate limit" })).toBeVisible();
    },
  },
  {
    name: "listing-changed",
    open: async (page, url, sandbox) => {
      sandbox.behaviour = BEHAVIOURS.changing.create();
      await page.goto(url);
      await expect(page.getByText("now there are 238")).toBeVisible();
    },
  },
  {
    name: "picker",
    open: async (page, url) => {
      await openLoaded(page, url);
      await page.getByRole("button", { name: "Pick a number for an agent" }).click();
      await expect(page.getByRole("dialog")).toContainText("companyPhoneNumberId");
      await expect(announcement(page)).toHaveText(/^Found/);
    },
  },
  {
    name: "details",
    open: async (page, url) => {
      await openLoaded(page, url);
      await page.getByRole("button", { name: "+49 89 99998474", exact: true }).click();
      await expect(page.getByRole("dialog", { name: "+49 89 99998474" })).toBeVisible();
    },
  },
  {
    name: "export",
    open: async (page, url) => {
      await openLoaded(page, url);
      await page.getByRole("button", { name: "Export CSV" }).click();
      await expect(page.getByRole("dialog", { name: "Export as CSV" })).toBeVisible();
    },
  },
  {
    name: "low-rate-limit",
    open: async (page, url, sandbox) => {
      sandbox.behaviour = {
        rateLimit: (decision, now) => ({
          ...decision,
          minute: { limit: 60, remaining: 3, resetAt: Math.ceil(now / 1000 + 50) * 1000 },
        }),
      };
      await page.goto(url);
      await expect(page.getByText("3 of 60 requests left this minute")).toBeVisible();
    },
  },
  {
    name: "log",
    open: async (page, url, sandbox) => {
      sandbox.answerNext({ status: 503 });
      await page.goto(url);
      await expectLoaded(page);
      await openLog(page);
      await expect(page.getByRole("combobox", { name: "What the API does" })).toBeVisible();
    },
  },
  {
    name: "long-texts",
    open: async (page, url, sandbox) => {
      const [first] = NUMBERS;
      const data = [
        {
          ...first,
          id: "2",
          number: "+999999999999999999",
          location:
            "Taumatawhakatangihangakoauauotamateaturipukakapikimaungahoronukupokaiwhenuakitanatahu, NZ",
        },
        {
          ...first,
          id: "3",
          location: "تل أبيب يافا، الشارع الطويل رقم ١٢٣ (الطابق الرابع), IL",
          capabilities: "INBOUND",
        },
        { ...first, id: "4", location: "תל אביב-יפו, IL", status: "AWAITING_REGULATORY_APPROVAL_BY_CARRIER" },
        {
          ...first,
          id: "x".repeat(120),
          provider: "A_VERY_LONG_PROVIDER_NAME_INDEED",
          numberType: "SHARED_COST_NON_GEOGRAPHIC",
        },
        { ...first, id: "1", number: "112", location: "" },
      ];
      sandbox.answerNext({ body: { data, total: 5, page: 1, limit: 20, totalPages: 1 } });
      await page.goto(url);
      await expect(announcement(page)).toHaveText("1–5 of 5.");
    },
  },
];
