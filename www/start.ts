// Builds the package, starts the sandbox and the dashboard, and lists a page of phone numbers through the package.
import { build } from "../pkg-template/build/build.ts";
import { ATS_COMPANIES, SANDBOX_KEYS, startSandbox } from "./sandbox/index.ts";
import { type DashboardOptions, startDashboard } from "./server/dashboard.ts";

/** An API, by the name under which its address is printed. */
interface Api extends DashboardOptions {
  name: string;
  close(): Promise<void>;
}

/** The real API where there is a key for it, else the sandbox. */
async function findApi(): Promise<Api> {
  const {
    INSTAVIEW_API_KEY: apiKey,
    INSTAVIEW_ATS_API_KEY: atsApiKey,
    INSTAVIEW_BASE_URL: apiBaseUrl = "https://api.instaview.sk",
  } = process.env;
  if (apiKey) {
    return {
      name: "InstaView",
      apiBaseUrl,
      apiKey,
      ...(atsApiKey && { ats: { apiKey: atsApiKey, companies: [] } }),
      close: async () => {},
    };
  }
  // The port that the README names, if it is free; and the largest plan, for those who load all 20,000 numbers of a company.
  const rateLimit = { minute: 600, hour: 30_000 };
  const sandbox = await startSandbox({ port: 4010, rateLimit }).catch(() => startSandbox({ rateLimit }));
  return {
    name: "Sandbox",
    apiBaseUrl: sandbox.url,
    apiKey: SANDBOX_KEYS.company,
    ats: {
      apiKey: SANDBOX_KEYS.ats,
      companies: ATS_COMPANIES.map(({ id, name }) => ({ id, name })),
    },
    sandbox,
    close: () => sandbox.close(),
  };
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
const dashboard = await startDashboard(api);

async function stop() {
  await Promise.all([dashboard.close(), api.close()]);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);

try {
  await printPage(api.apiKey, api.apiBaseUrl);
  console.log(
    `\n${api.name.padEnd(9)}  ${api.apiBaseUrl}\nDashboard  ${dashboard.url}\n\nCtrl-C stops everything.`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
  await stop();
}
