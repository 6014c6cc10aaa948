import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { COMPANIES } from "../../www/sandbox/index.ts";
import { announcement, expect, expectToHaveFocus, NUMBERS, openLoaded, test } from "./fixtures.ts";

const HEADER =
  "id,number,companyId,capabilities,custom,provider,status,numberType,location,createdAt,updatedAt";

/** The file that the open dialog makes: its lines, without the byte order mark. */
async function download(page: Page): Promise<string[]> {
  const text = await downloadedText(page);
  expect(text.startsWith("\uFEFF")).toBe(true);
  expect(text.endsWith("\r\n")).toBe(true);
  return text.slice(1, -2).split("\r\n");
}

async function downloadedText(page: Page): Promise<string> {
  const button = page.getByRole("dialog").getByRole("button", { name: "Download" });
  if (page.context().browser()?.browserType().name() === "firefox") {
    // Over WebDriver BiDi, Playwright is told of no downloads: this is what the page gives to the browser.
    const made = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const { createObjectURL } = URL;
          URL.createObjectURL = (blob) => {
            URL.createObjectURL = createObjectURL;
            // `text()` takes the byte order mark away.
            const read = async () => (blob as Blob).arrayBuffer();
            void read().then((bytes) => resolve(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)));
            return createObjectURL(blob);
          };
        }),
    );
    await button.click();
    return await made;
  }
  const started = page.waitForEvent("download");
  await button.click();
  const file = await started;
  expect(file.suggestedFilename()).toMatch(/^phone-numbers-\d{4}-\d\d-\d\d\.csv$/);
  return await readFile(await file.path(), "utf8");
}

const lineOf = (number: (typeof NUMBERS)[number]) =>
  [
    number.id,
    number.number,
    number.companyId,
    number.capabilities,
    number.custom,
    number.provider,
    number.status,
    number.numberType,
    number.location ?? "",
    number.createdAt,
    number.updatedAt,
  ]
    .map((value) => `"${value}"`)
    .join(",");

test("exports everything, or what is shown", async ({ page, sandbox, dashboardUrl }) => {
  await openLoaded(page, dashboardUrl);
  const open = page.getByRole("button", { name: "Export CSV" });
  await open.click();
  const dialog = page.getByRole("dialog", { name: "Export as CSV" });
  await expect(dialog.getByRole("radio", { name: "Everything: 237 numbers" })).toBeChecked();
  expect(await download(page)).toEqual([HEADER, ...NUMBERS.map(lineOf)]);
  await expect(dialog.getByText("Exported 237 numbers.")).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expectToHaveFocus(open);

  await page.getByRole("combobox", { name: "Status", exact: true }).selectOption("=IN_USE");
  await page.getByRole("columnheader", { name: "Number" }).getByRole("button").click();
  await open.click();
  const shown = NUMBERS.filter(({ status }) => status === "IN_USE").sort((a, b) =>
    a.number < b.number ? -1 : 1,
  );
  await expect(dialog.getByRole("radio", { name: `What is shown: ${shown.length} numbers` })).toBeChecked();
  expect(await download(page)).toEqual([HEADER, ...shown.map(lineOf)]);
  // What is loaded needs no request.
  expect(sandbox.requests).toHaveLength(3);
});

test("loads what is missing, with its progress, and can be cancelled", async ({
  page,
  sandbox,
  dashboardUrl,
}) => {
  const many = COMPANIES.continental.phoneNumbers.slice(0, 1_200);
  sandbox.behaviour = { phoneNumbers: () => many };
  await page.goto(dashboardUrl);
  await expect(announcement(page)).toHaveText("1–20 of 1,200. Page 1 of 60.");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const dialog = page.getByRole("dialog");
  sandbox.answerNext(
    { body: { data: many.slice(0, 100), total: 1_200, page: 1, limit: 100, totalPages: 12 } },
    { fault: { type: "stall-before-headers" } },
  );
  await dialog.getByRole("button", { name: "Download" }).click();
  await expect(dialog.getByRole("progressbar", { name: "Loading 100 of 1,200" })).toBeVisible();
  const stalled = await sandbox.requestReceived(3);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await stalled.closed;
  expect(stalled.aborted).toBe(true);
  await expect(dialog).toBeHidden();

  await page.getByRole("button", { name: "Export CSV" }).click();
  expect(await download(page)).toEqual([HEADER, ...many.map(lineOf)]);
});

test("says why there is no file, and makes it then", async ({ page, sandbox, dashboardUrl }) => {
  const many = COMPANIES.continental.phoneNumbers.slice(0, 1_200);
  sandbox.behaviour = { phoneNumbers: () => many };
  await page.goto(dashboardUrl);
  await expect(announcement(page)).toHaveText("1–20 of 1,200. Page 1 of 60.");
  await page.getByRole("button", { name: "Export CSV" }).click();
  sandbox.answerNext({
    status: 403,
    body: { success: false, error: { code: "API_KEY_SUSPENDED", message: "Suspended" } },
  });
  await page.getByRole("dialog").getByRole("button", { name: "Download" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText(
    "The API key may not list these phone numbers",
  );
  expect(await download(page)).toHaveLength(1 + 1_200);
});

test("no cell is a formula or more than a cell", async ({ page, sandbox, dashboardUrl }) => {
  const locations = ['=HYPERLINK("http://evil")', "@SUM(A1)", "-1+1", "+cmd", 'Say "hi", JP', "a\nb", null];
  const data = locations.map((location, index) => ({ ...NUMBERS[0], id: `id-${index}`, location }));
  sandbox.answerNext({ body: { data, total: data.length, page: 1, limit: 100, totalPages: 1 } });
  await page.goto(dashboardUrl);
  await expect(announcement(page)).toHaveText("1–7 of 7.");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const text = (await download(page)).join("\r\n");
  for (const cell of [
    '"\'=HYPERLINK(""http://evil"")"',
    '"\'@SUM(A1)"',
    '"\'-1+1"',
    '"\'+cmd"',
    '"Say ""hi"", JP"',
    '"a\nb"',
    '""',
  ]) {
    expect(text).toContain(`,${cell},`);
  }
  expect(text).toContain(`"${NUMBERS[0]?.number}"`);
});
