import type { Page } from "@playwright/test";
import { ENVELOPES } from "../../www/sandbox/index.ts";
import { announcement, expect, expectLoaded, numbers, shownNumbers, test } from "./fixtures.ts";

const openLog = (page: Page) => page.getByRole("button", { name: "Sandbox and log" }).click();
const logTable = (page: Page) => page.getByRole("table", { name: "Request log" });

test("logs requests, answers, retries and waits, without disturbing the page", async ({
  page,
  sandbox,
  dashboardUrl,
}) => {
  await page.clock.install();
  sandbox.answerNext(
    { status: 503 },
    { status: 429, headers: { "Retry-After": "2" }, body: { statusCode: 429, message: "Slow down" } },
  );
  await page.goto(`${dashboardUrl}?page=2`);
  await openLog(page);
  await expect(async () => {
    await page.clock.runFor(1_000);
    await expect(announcement(page)).toHaveText("21–40 of 237. Page 2 of 12.", { timeout: 100 });
  }).toPass();
  const log = logTable(page);
  await expect(page.getByRole("heading", { name: "Request log" })).toBeFocused();
  await expect(
    log.getByRole("row", { name: /Request GET \/api\/phone-numbers\?page=1&limit=100 1/ }),
  ).toHaveCount(1);
  await expect(log.getByRole("row", { name: /Answer 503 1 \d+ ms/ })).toHaveCount(1);
  await expect(log.getByRole("row", { name: /Retry after server 1 [\d.]+ m?s/ })).toHaveCount(1);
  await expect(log.getByRole("row", { name: /Answer 429 2/ })).toHaveCount(1);
  await expect(log.getByRole("row", { name: /Retry after rate_limit 2/ })).toHaveCount(1);
  await expect(log.getByRole("row", { name: /Answer 200 3/ })).toHaveCount(1);
  await expect(page.getByText("5 requests · 2 retries", { exact: false })).toBeVisible();

  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await expect(log.getByRole("row")).toHaveCount(1);
  await page.getByRole("button", { name: "Close the request log" }).focus();
  await page.keyboard.press("Escape");
  await expect(log).toBeHidden();
  await expect(page.getByRole("button", { name: "Sandbox and log" })).toBeFocused();
  await expect(page.getByRole("button", { name: "Sandbox and log" })).toHaveAttribute(
    "aria-expanded",
    "false",
  );
});

test("every envelope gives the same numbers", async ({ page, sandbox, dashboardUrl }) => {
  await page.goto(dashboardUrl);
  await openLog(page);
  for (const envelope of ENVELOPES.toReversed()) {
    await page.getByRole("combobox", { name: "Shape of its answers" }).selectOption(envelope);
    await expect.poll(() => sandbox.envelope).toBe(envelope);
    await expectLoaded(page);
    await expect.poll(() => shownNumbers(page)).toEqual(numbers(0, 20));
  }
});

test("a visitor makes the sandbox fail, and recover", async ({ page, dashboardUrl }) => {
  await page.goto(dashboardUrl);
  await openLog(page);
  const behaviour = page.getByRole("combobox", { name: "What the API does", exact: true });
  await behaviour.selectOption("401: the key is revoked");
  await expect(page.getByRole("alert")).toContainText("InstaView refused the API key");
  await behaviour.selectOption("Answers as documented");
  await expectLoaded(page);
});

test("the switches take JSON only, and only what they know", async ({ request, sandbox, dashboardUrl }) => {
  const url = `${dashboardUrl}sandbox-switches`;
  const data = JSON.stringify({ envelope: "guide", behaviour: "down" });
  for (const [type, body] of [
    ["text/plain", data],
    ["application/json", "{"],
    ["application/json", JSON.stringify({ envelope: "round", behaviour: "down" })],
    ["application/json", JSON.stringify({ envelope: "flat", behaviour: "toString" })],
  ] as const) {
    const answer = await request.put(url, { headers: { "Content-Type": type }, data: Buffer.from(body) });
    expect(answer.status()).toBe(400);
  }
  expect(sandbox.envelope).toBe("flat");
  const answer = await request.put(url, {
    headers: { "Content-Type": "application/json" },
    data: Buffer.from(data),
  });
  expect(await answer.json()).toMatchObject({ settings: { envelope: "guide", behaviour: "down" } });
});
