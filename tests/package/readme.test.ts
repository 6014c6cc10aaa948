import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect, promisify } from "node:util";
import { transform } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMPANIES, SANDBOX_KEYS } from "../../www/sandbox/index.ts";
import { useSandbox } from "./sandbox.ts";

const server = useSandbox();
const run = promisify(execFile);
const repository = join(import.meta.dirname, "../..");
const { large } = COMPANIES;

/** The code in a README's fences of this language. */
async function snippets(path: string, language: string): Promise<string[]> {
  const markdown = await readFile(join(repository, path), "utf8");
  const fences = markdown.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"));
  return [...fences].map(([, code]) => code ?? "");
}

describe("the package's README", async () => {
  const all = await snippets("pkg-template/README.md", "ts");
  let project: string;

  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), "instaview-readme-"));
    await mkdir(join(project, "node_modules"));
    await symlink(join(repository, "pkg"), join(project, "node_modules/instaview-phone-numbers"), "junction");
  });
  afterAll(() => rm(project, { recursive: true, force: true }));

  /** What the snippet prints, run by Node in a project of its own that has the package installed. */
  async function printed(snippet: string, apiKey: string): Promise<string> {
    const { code } = await transform(snippet, { loader: "ts" });
    await writeFile(join(project, "snippet.mjs"), code);
    const env = { ...process.env, INSTAVIEW_API_KEY: apiKey, INSTAVIEW_BASE_URL: server.sandbox.url };
    const { stdout, stderr } = await run(process.execPath, ["snippet.mjs"], { cwd: project, env });
    return stdout + stderr;
  }

  const { company, ats } = SANDBOX_KEYS;
  const first = large.phoneNumbers[0];
  const callable = large.phoneNumbers.find(
    ({ status, capabilities }) => status === "AVAILABLE" && capabilities.includes("OUTBOUND"),
  );
  const byStatus: Record<string, number> = {};
  for (const { status } of large.phoneNumbers) byStatus[status] = (byStatus[status] ?? 0) + 1;
  const incoming = large.phoneNumbers.filter(({ capabilities }) => capabilities.includes("INBOUND")).length;
  const expected: [about: string, apiKey: string, output: string][] = [
    ["lists a page", company, `${first?.id} ${first?.number} ${first?.location ?? ""}`],
    ["picks a number", company, `${callable?.id}`],
    ["audits the inventory", company, inspect(byStatus)],
    ["checks capabilities", company, `${incoming} of 237 take calls`],
    ["lists again when the listing has changed", company, "237"],
    ["has a client without a key", company, ""],
    ["has a client for an ATS key", ats, "237"],
    ["keeps the rate limit", company, "999999"],
    ["catches errors", company, "invalid_argument limit: expected an integer from 1 to 100, received 500"],
  ];

  it("has no snippet that is not run here", () => {
    expect(all).toHaveLength(expected.length);
  });

  it.each(expected.map(([about, ...rest], index) => [about, all[index] ?? "", ...rest] as const))(
    "%s",
    async (_, snippet, apiKey, output) => {
      const ofSandbox = snippet.replace("123e4567-e89b-12d3-a456-426614174000", large.id);
      const [firstLine] = (await printed(ofSandbox, apiKey)).split("\n");
      expect(firstLine).toBe(output);
    },
  );
});

describe("the repository's README", async () => {
  const commands = (await snippets("README.md", "sh")).join("").matchAll(/^npm (?:run )?(\w+)/gm);
  const { scripts } = JSON.parse(await readFile(join(repository, "package.json"), "utf8"));

  it.each([...commands].map(([, name]) => name ?? ""))("names a command that exists: %s", (name) => {
    expect(scripts).toHaveProperty(name);
  });
});
