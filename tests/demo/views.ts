import type { Page } from "@playwright/test";
import { BEHAVIOURS, COMPANIES, type Sandbox } from "../../www/sandbox/index.ts";
import { announcement, expect, NUMBERS } from "./fixtures.ts";

/** A state of the page that is looked at: by axe, and by people in its screenshots. */
interface LookedAt {
  name: string;
  open(page: Page, url: string, sandbox: Sandbox): Promise<void>;
}

const openLog = (page: Page) => page.getByRole("button", { name: "Sandbox and log" }).click();

export const VIEWS: LookedAt[] = [
  {
    name: "numbers",
    open: async (page, url) => {
      await page.goto(url);
      await expect(announcement(page)).toHaveText(/loaded/);
    },
  },
  {
    name: "loading",
    open: async (page, url, sandbox) => {
      sandbox.answerNext({ fault: { type: "stall-before-headers" } });
      await page.goto(url);
      await expect(announcement(page)).toHaveText("Loading…");
    },
  },
  {
    name: "all-sorted",
    open: async (page, url) => {
      await page.goto(`${url}?scope=all&status=AVAILABLE&country=SK&sort=-created`);
      await expect(announcement(page)).toHaveText(/^All 237/);
    },
  },
  {
    name: "loading-all",
    open: async (page, url, sandbox) => {
      sandbox.answerNext(
        { body: { data: NUMBERS.slice(0, 100), total: 237, page: 1, limit: 100, totalPages: 3 } },
        { fault: { type: "stall-before-headers" } },
        { fault: { type: "stall-before-headers" } },
      );
      await page.goto(`${url}?scope=all`);
      await expect(announcement(page)).toHaveText("100 of 237 numbers loaded.");
    },
  },
  {
    name: "filtered-page",
    open: async (page, url) => {
      await page.goto(`${url}?capability=OUTBOUND&provider=TWILIO`);
      await expect(announcement(page)).toHaveText(/matching/);
    },
  },
  {
    name: "no-match",
    open: async (page, url) => {
      await page.goto(`${url}?q=atlantis`);
      await expect(page.getByRole("heading", { name: "No match on this page" })).toBeVisible();
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
      await expect(announcement(page)).toHaveText(/^Page 1 of 12 loaded/);
      await page.getByRole("button", { name: "Next" }).click();
      await expect(page.getByRole("status").filter({ hasText: "Rate limit" })).toBeVisible();
    },
  },
  {
    name: "listing-changed",
    open: async (page, url, sandbox) => {
      sandbox.behaviour = BEHAVIOURS.changing.create();
      await page.goto(`${url}?scope=all`);
      await expect(page.getByText("now there are 238")).toBeVisible();
    },
  },
  {
    name: "picker",
    open: async (page, url) => {
      await page.goto(url);
      await page.getByRole("button", { name: "Pick a number for an agent" }).click();
      await expect(page.getByRole("dialog")).toContainText("companyPhoneNumberId");
      await expect(announcement(page)).toHaveText(/^Found/);
    },
  },
  {
    name: "log",
    open: async (page, url, sandbox) => {
      sandbox.answerNext({ status: 503 });
      await page.goto(url);
      await expect(announcement(page)).toHaveText(/loaded/);
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
          number: "+999999999999999999",
          location:
            "Taumatawhakatangihangakoauauotamateaturipukakapikimaungahoronukupokaiwhenuakitanatahu, NZ",
        },
        {
          ...first,
          location: "تل أبيب يافا، الشارع الطويل رقم ١٢٣ (الطابق الرابع), IL",
          capabilities: "INBOUND",
        },
        { ...first, location: "תל אביב-יפו, IL", status: "AWAITING_REGULATORY_APPROVAL_BY_CARRIER" },
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
      await expect(announcement(page)).toHaveText(/loaded/);
    },
  },
];
