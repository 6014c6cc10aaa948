import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { SANDBOX_KEYS, type Sandbox, startSandbox } from "../../www/sandbox/index.ts";
import { type Browser, type BrowserName, startBrowser, Unavailable } from "../browsers.ts";
import { startRedis } from "../redis/redis-server.ts";
import { complete, serve } from "./commands.ts";
import { listing, type Page, type Row } from "./matrix.ts";
import { createProject, type Project } from "./project.ts";
import { type Report, type Reports, serveFolder, startReports } from "./servers.ts";
import { printLine, printTable, type Result } from "./table.ts";

/** Seconds until something is given up, on machines that are slow. */
const buildTimeout = 300;
const reportTimeout = 90;

/** Runs the rows, one after the other, and prints their table. Whether none has failed. */
export async function runMatrix(rows: Row[]): Promise<boolean> {
  const surroundings = await prepare();
  const results: Result[] = [];
  try {
    for (const row of rows) {
      for await (const result of resultsOf(row, surroundings)) {
        results.push(result);
        printLine(result);
      }
    }
  } finally {
    await surroundings.close();
  }
  printTable(results);
  return results.every(({ outcome }) => outcome !== "failed");
}

/** What all rows share. */
interface Surroundings {
  project: Project;
  reports: Reports;
  sandbox: Sandbox;
  /** Starts a browser, once. */
  browser(name: BrowserName): Promise<Browser>;
  close(): Promise<void>;
}

async function prepare(): Promise<Surroundings> {
  const project = await createProject();
  const reports = await startReports();
  const sandbox = await startSandbox({ rateLimit: { minute: 1_000_000, hour: 1_000_000 } });
  const browsers = new Map<BrowserName, Promise<Browser>>();
  return {
    project,
    reports,
    sandbox,
    browser(name) {
      const browser = browsers.get(name) ?? startBrowser[name]();
      browsers.set(name, browser);
      return browser;
    },
    async close() {
      for (const started of await Promise.allSettled(browsers.values())) {
        if (started.status === "fulfilled") await started.value.close();
      }
      reports.close();
      await sandbox.close();
      project.remove();
    },
  };
}

async function* resultsOf(row: Row, surroundings: Surroundings): AsyncGenerator<Result> {
  const { project, sandbox } = surroundings;
  const folder = project.add(row.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"), row.fixture);
  const environment = { INSTAVIEW_API_KEY: SANDBOX_KEYS.company, INSTAVIEW_BASE_URL: sandbox.url };
  const { program, page } = row;

  const built = await attempt(row, "build", async () => {
    for (const command of row.build ?? []) await complete(command, folder, environment, buildTimeout);
  });
  if (built.outcome === "failed") {
    yield built;
    return;
  }
  if (program) {
    yield await attempt(row, "", async () => {
      const { url, report } = surroundings.reports.next();
      // Of its own, so that it finds nothing there.
      const redis = row.withRedis ? await startRedis() : undefined;
      try {
        const addresses = { REPORT: url, ...(redis && { REDIS_URL: redis.url }) };
        await complete(program, folder, { ...environment, ...addresses }, reportTimeout);
        check(row, await within(reportTimeout, report, []));
      } finally {
        await redis?.close();
      }
    });
  }
  if (page) yield* pagesOf(row, page, folder, environment, surroundings);
}

async function* pagesOf(
  row: Row,
  { host, paths = ["/"], headers, browsers = ["chromium"] }: Page,
  folder: string,
  environment: NodeJS.ProcessEnv,
  { sandbox, reports, browser }: Surroundings,
): AsyncGenerator<Result> {
  let server: { url: string; close(): void } | undefined;
  const started = await attempt(row, "server", async () => {
    if (typeof host !== "string") {
      server = await serve(host, folder, environment);
      return;
    }
    const served = join(folder, host);
    const html = join(served, "index.html");
    // Most bundlers build the script alone.
    if (!existsSync(html)) cpSync(join(folder, "index.html"), html);
    server = await serveFolder(served, headers);
  });
  if (!server) {
    yield started;
    return;
  }
  for (const path of paths) {
    for (const name of browsers) {
      const place = `${name}${path === "/" || paths.length === 1 ? "" : ` ${path}`}`;
      yield await attempt(row, place, async () => {
        const { url, report } = reports.next();
        const query = new URLSearchParams({
          to: url,
          baseUrl: sandbox.url,
          apiKey: SANDBOX_KEYS.company,
        });
        const tab = await (await browser(name)).open(`${server?.url}${path}?${query}`);
        check(row, await within(reportTimeout, report, tab.complaints));
        await tab.close();
      });
    }
  }
  server.close();
}

async function attempt(row: Row, place: string, action: () => Promise<void>): Promise<Result> {
  const start = performance.now();
  const result = { row: row.name, place, detail: "" };
  const seconds = () => (performance.now() - start) / 1000;
  try {
    await action();
    return { ...result, outcome: "passed", seconds: seconds() };
  } catch (error) {
    const outcome = error instanceof Unavailable ? "skipped" : "failed";
    return { ...result, outcome, detail: (error as Error).message, seconds: seconds() };
  }
}

function check({ expected = listing }: Row, report: Report) {
  if (isDeepStrictEqual(report, expected)) return;
  throw new Error(`It reported ${JSON.stringify(report)}, not ${JSON.stringify(expected)}.`);
}

/** The report, unless it does not come. */
function within(seconds: number, report: Promise<Report>, complaints: string[]): Promise<Report> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error([`It reported nothing in ${seconds} seconds.`, ...complaints].join("\n")));
    }, seconds * 1000);
    report.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}
