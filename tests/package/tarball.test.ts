import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SANDBOX_KEYS } from "../../www/sandbox/index.ts";
import { useSandbox } from "./sandbox.ts";

const server = useSandbox();
const run = promisify(execFile);
const repository = join(import.meta.dirname, "../..");

let project: string;
let packed: { name: string; version: string; filename: string; files: { path: string }[] };

/** What a script of the project's prints, as JSON. */
async function node(name: string, script: string): Promise<unknown> {
  await writeFile(join(project, name), script);
  const environment = { INSTAVIEW_API_KEY: SANDBOX_KEYS.company, INSTAVIEW_BASE_URL: server.sandbox.url };
  const { stdout } = await run(process.execPath, [name], {
    cwd: project,
    env: { ...process.env, ...environment },
  });
  return JSON.parse(stdout);
}

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "instaview-"));
  const { stdout } = await run("npm", ["pack", "./pkg", "--json", "--pack-destination", project], {
    cwd: repository,
  });
  [packed] = JSON.parse(stdout);
  await writeFile(join(project, "package.json"), '{ "private": true }');
  await run("npm", ["install", "--no-audit", "--no-fund", join(project, packed.filename)], { cwd: project });
}, 60_000);
afterAll(() => rm(project, { recursive: true, force: true }));

describe("the packed tarball, installed in an empty project", () => {
  it("holds what is needed and nothing else", () => {
    expect(packed.files.map(({ path }) => path).sort()).toEqual([
      "LICENSE-APACHE",
      "LICENSE-MIT",
      "README.md",
      "docs/dashboards.md",
      "docs/observability.md",
      "docs/scripts.md",
      "docs/servers.md",
      "edge.js",
      "index.cjs",
      "index.d.cts",
      "index.d.ts",
      "index.js",
      "instaview.wasm",
      "openapi.json",
      "package.json",
      "redis.cjs",
      "redis.d.cts",
      "redis.d.ts",
      "redis.js",
      "sbom.cdx.json",
      "testing.cjs",
      "testing.d.cts",
      "testing.d.ts",
      "testing.js",
    ]);
  });

  it("has the crate's version and no dependencies", async () => {
    const manifest = JSON.parse(await readFile(join(repository, "pkg/package.json"), "utf8"));
    const crate = await readFile(join(repository, "Cargo.toml"), "utf8");
    expect(crate).toContain(`version = "${packed.version}"`);
    // Whoever shares rate limits in Redis brings a client of any version: the store looks at what it can do.
    const optional = { optional: true };
    expect(manifest.peerDependenciesMeta).toEqual({ ioredis: optional, redis: optional });
    const dependencies = Object.keys(manifest).filter((name) => /dependencies/i.test(name));
    expect(dependencies).toEqual(["peerDependencies", "peerDependenciesMeta"]);
  });

  it("exports files that are there, with types for each condition", async () => {
    const { exports } = JSON.parse(await readFile(join(repository, "pkg/package.json"), "utf8"));
    const conditions = Object.entries<Record<string, string>>(exports["."]);
    expect(conditions.map(([name]) => name)).toEqual(["workerd", "edge-light", "import", "require"]);
    const paths = packed.files.map(({ path }) => `./${path}`);
    for (const [, targets] of conditions) {
      expect(Object.keys(targets)).toEqual(["types", "default"]);
      expect(paths).toEqual(expect.arrayContaining(Object.values(targets)));
    }
    expect(paths).toEqual(expect.arrayContaining([exports["./instaview.wasm"], exports["./openapi.json"]]));
  });

  const script = `
    listPhoneNumbers({ limit: 3 }).then(({ data, total }) => {
      console.log(JSON.stringify({ total, length: data.length, error: new InstaViewError("x").name }));
    });`;

  it("lists phone numbers by import", async () => {
    const code = `import { InstaViewError, listPhoneNumbers } from "instaview-phone-numbers";${script}`;
    expect(await node("import.mjs", code)).toEqual({ total: 237, length: 3, error: "InstaViewError" });
  });

  it("lists phone numbers by require", async () => {
    const code = `const { InstaViewError, listPhoneNumbers } = require("instaview-phone-numbers");${script}`;
    expect(await node("require.cjs", code)).toEqual({ total: 237, length: 3, error: "InstaViewError" });
  });
});
