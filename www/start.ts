// Builds the package, starts the sandbox and the dashboard, and lists a page of phone numbers through the package.
import { build } from "../pkg-template/build/build.ts";
import { startDashboard } from "./dashboard.ts";
import { SANDBOX_KEYS, startSandbox } from "./sandbox/index.ts";

/** The real API where there is a key for it, else the sandbox. */
async function findApi() {
  const { INSTAVIEW_API_KEY: apiKey, INSTAVIEW_BASE_URL: baseUrl = "https://api.instaview.sk" } = process.env;
  if (apiKey) return { name: "InstaView", url: baseUrl, apiKey, close: async () => {} };
  // The port that the README names, if it is free.
  const sandbox = await startSandbox({ port: 4010 }).catch(() => startSandbox());
  return { name: "Sandbox", url: sandbox.url, apiKey: SANDBOX_KEYS.company, close: () => sandbox.close() };
}

async function printPage(apiKey: string, baseUrl: string) {
  const { listPhoneNumbers } = await import("../pkg/index.js");
  const { data, page, totalPages, total } = await listPhoneNumbers({ apiKey, baseUrl });
  console.table(
    data.map(({ number, location, capabilities, numberType, status }) => ({
      number,
      location: location ?? "",
      capabilities,
      numberType,
      status,
    })),
  );
  console.log(`Page ${page} of ${totalPages}, ${total} phone numbers in all.`);
}

await build();
const api = await findApi();
const dashboard = await startDashboard({ apiBaseUrl: api.url, apiKey: api.apiKey });

async function stop() {
  await Promise.all([dashboard.close(), api.close()]);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);

try {
  await printPage(api.apiKey, api.url);
  console.log(`\n${api.name.padEnd(9)}  ${api.url}\nDashboard  ${dashboard.url}\n\nCtrl-C stops everything.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
  await stop();
}
