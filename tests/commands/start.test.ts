import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "vitest";
import { COMPANIES, SANDBOX_KEYS, startSandbox } from "../../www/sandbox/index.ts";

const repository = join(import.meta.dirname, "../..");
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

/** Runs what `npm start` runs, without npm, which ends in a way of its own when it is interrupted. */
function start(environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ["--import", "tsx", "www/start.ts"], {
    cwd: repository,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  return child;
}

/** The lines that are printed until one has this text; all of them where none has. */
async function linesUntil(stream: NodeJS.ReadableStream, text: string): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: stream })) {
    lines.push(line);
    if (line.includes(text)) break;
  }
  return lines.join("\n");
}

describe("npm start", () => {
  it("prints a page of phone numbers and two addresses that work, and ends on Ctrl-C", async () => {
    const child = start();
    const output = await linesUntil(child.stdout, "Ctrl-C");
    expect(output).toContain(COMPANIES.large.phoneNumbers[0]?.number);
    expect(output).toContain("Page 1 of 12, 237 phone numbers in all.");

    const sandbox = /^Sandbox +(\S+)$/m.exec(output)?.[1];
    const headers = { Authorization: `Bearer ${SANDBOX_KEYS.company}` };
    expect((await fetch(`${sandbox}/phone-numbers`, { headers })).status).toBe(200);
    const dashboard = /^Dashboard +(\S+)$/m.exec(output)?.[1];
    expect(await (await fetch(`${dashboard}`)).text()).toContain("<html");
    expect(await (await fetch(`${dashboard}api/phone-numbers`)).json()).toMatchObject({ total: 237 });

    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([0, null]);
  }, 60_000);

  it("uses the API that the environment names, where there is a key for it", async () => {
    const api = await startSandbox();
    const environment = { INSTAVIEW_API_KEY: SANDBOX_KEYS.otherCompany, INSTAVIEW_BASE_URL: api.url };
    const output = await linesUntil(start(environment).stdout, "Ctrl-C");
    expect(output).toContain("Page 1 of 3, 41 phone numbers in all.");
    expect(output).toContain(`InstaView  ${api.url}`);
    expect(output).not.toContain(SANDBOX_KEYS.otherCompany);
    await api.close();
  }, 60_000);

  it("says in one sentence why it cannot list", async () => {
    const api = await startSandbox();
    const child = start({ INSTAVIEW_API_KEY: "sk_test_unknown", INSTAVIEW_BASE_URL: api.url });
    expect(await linesUntil(child.stderr, "InstaView answered")).toMatch(
      /^InstaView answered 401: .*\(INVALID_API_KEY\)$/,
    );
    expect(await once(child, "exit")).toEqual([1, null]);
    await api.close();
  }, 60_000);
});
