import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { SANDBOX_KEYS, startSandbox } from "../../www/sandbox/index.ts";
import { get } from "./client.ts";

const MAIN = fileURLToPath(new URL("../../www/sandbox/main.ts", import.meta.url));
let child: ChildProcess | undefined;
afterEach(() => child?.kill("SIGKILL"));

function run(...args: string[]) {
  const started = spawn(process.execPath, ["--import", "tsx", MAIN, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  child = started;
  return started;
}

test("prints how to use it, answers, and ends cleanly on Ctrl-C", async () => {
  const { stdout, stderr } = run("--port", "0");
  let printed = "";
  for await (const chunk of stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    printed += chunk;
    if (printed.includes("Ctrl-C")) break;
  }
  for (const key of Object.values(SANDBOX_KEYS)) expect(printed).toContain(key);
  expect(printed).toContain("curl -H");
  const url = printed.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0] ?? "";
  expect((await get(`${url}/phone-numbers`)).status).toBe(200);

  child?.kill("SIGINT");
  const [code, errors] = await Promise.all([exitCode(), text(stderr)]);
  expect({ code, errors }).toEqual({ code: 0, errors: "" });
});

test("says plainly that the port is taken", async () => {
  const sandbox = await startSandbox();
  const { port } = new URL(sandbox.url);
  const { stderr } = run("--port", port);
  const [code, errors] = await Promise.all([exitCode(), text(stderr)]);
  expect({ code, errors }).toEqual({
    code: 1,
    errors: `Port ${port} is taken. Choose another with --port.\n`,
  });
  await sandbox.close();
});

test.each([
  ["a wrong port", ["--port", "http"]],
  ["an unknown option", ["--prot", "80"]],
])("explains itself for %s", async (_, args) => {
  const { stderr } = run(...args);
  const [code, errors] = await Promise.all([exitCode(), text(stderr)]);
  expect(code).toBe(1);
  expect(errors).toMatch(/^Usage: .*\n$/);
});

async function exitCode(): Promise<unknown> {
  const [code] = await once(child as ChildProcess, "exit");
  return code;
}
