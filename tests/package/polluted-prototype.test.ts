import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { useSandbox } from "./sandbox.ts";

const server = useSandbox();
const run = promisify(execFile);

/** What a script prints that pollutes `Object.prototype`, in a process of its own. */
async function outcomes(...args: string[]) {
  const script = fileURLToPath(new URL("polluted-prototype.mjs", import.meta.url));
  const { stdout } = await run(process.execPath, [script, ...args]);
  return JSON.parse(stdout);
}

it.each(["method", "body", "get", "set", "failure"])(
  "Object.prototype.%s changes nothing, whatever it is",
  async (property) => {
    const { clean, polluted } = await outcomes(property);
    expect(clean.map(([type]: string[]) => type)).toContain("page");
    for (const [what, endings] of Object.entries(polluted)) expect(endings, what).toEqual(clean);
  },
);

it("Object.prototype.method changes nothing of a request by Node's own fetch", async () => {
  expect(await outcomes(server.sandbox.url)).toEqual(401);
  expect(server.sandbox.requests.map(({ method }) => method)).toEqual(["GET"]);
});
