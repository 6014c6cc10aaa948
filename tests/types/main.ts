// Compiles the type tests against the packed package, with each TypeScript that users have and each way in which it
// looks for modules; then asks the tools that know what else goes wrong with published types.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "../../pkg-template/build/build.ts";
import { main, run } from "../../pkg-template/build/tools.mjs";
import { createProject, type Project } from "../matrix/project.ts";
import { installTools, toolPath } from "../matrix/tools.ts";

/** The oldest that is supported, the newest 5.x and the newest release; `npm run lint` uses the one between. */
const compilers = ["typescript-5.0", "typescript-5", "typescript-7"];

const strict = {
  target: "ES2022",
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
  allowImportingTsExtensions: true,
};
const inBrowsers = {
  lib: ["ES2023", "DOM", "DOM.Iterable"],
  types: [],
  files: ["contract.ts", "package.ts", "testing.ts"],
};
const inNode = { lib: ["ES2023"], types: ["node"], files: ["node.ts"] };
/** The declarations of undici and node-fetch are not this project's to check. */
const withFetches = { types: ["node"], files: ["fetches.ts"], skipLibCheck: true };
/** Nor are those of the clients of Redis. */
const withRedis = { ...inNode, files: ["redis.ts"], skipLibCheck: true };

/** What a user's project may look like. */
const projects = [
  { type: "module", module: "ESNext", moduleResolution: "bundler", ...inBrowsers },
  { type: "module", module: "Node16", moduleResolution: "node16", ...inBrowsers },
  { type: "commonjs", module: "Node16", moduleResolution: "node16", ...inBrowsers },
  { type: "module", module: "NodeNext", moduleResolution: "nodenext", ...inBrowsers },
  { type: "commonjs", module: "NodeNext", moduleResolution: "nodenext", ...inBrowsers },
  { type: "module", module: "NodeNext", moduleResolution: "nodenext", ...inNode },
  { type: "module", module: "NodeNext", moduleResolution: "nodenext", lib: inNode.lib, ...withFetches },
  { type: "module", module: "NodeNext", moduleResolution: "nodenext", lib: inBrowsers.lib, ...withFetches },
  { type: "module", module: "ESNext", moduleResolution: "bundler", ...withRedis },
  { type: "module", module: "Node16", moduleResolution: "node16", ...withRedis },
  { type: "commonjs", module: "Node16", moduleResolution: "node16", ...withRedis },
  { type: "module", module: "NodeNext", moduleResolution: "nodenext", ...withRedis },
  { type: "commonjs", module: "NodeNext", moduleResolution: "nodenext", ...withRedis },
];

function compileAll(project: Project) {
  for (const [index, { type, files, ...options }] of projects.entries()) {
    const folder = join(project.folder, `types-${index}`);
    mkdirSync(folder);
    for (const file of files) copyFileSync(join(import.meta.dirname, file), join(folder, file));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type }));
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { ...strict, ...options }, files }),
    );
    for (const compiler of compilers) {
      run(process.execPath, [toolPath(`${compiler}/bin/tsc`), "--project", folder]);
    }
    const { moduleResolution, types, lib } = options;
    const platforms = [lib.includes("DOM") && "DOM", types.length > 0 && "Node"]
      .filter(Boolean)
      .join(" and ");
    console.log(
      `${files.at(-1)}, ${moduleResolution}, ${type}, types of ${platforms}: ${compilers.join(", ")}`,
    );
  }
}

/** Looks for what the documentation of an entry would lack, in the first project that has these files. */
function document(project: Project, entry: string, files: string[], options: string[] = []) {
  const index = projects.findIndex((candidate) => candidate.files === files);
  run(process.execPath, [
    toolPath("typedoc/bin/typedoc"),
    ...["--tsconfig", join(project.folder, `types-${index}`, "tsconfig.json")],
    ...["--entryPoints", join(project.folder, `node_modules/instaview-phone-numbers/${entry}.d.ts`)],
    ...["--emit", "none", "--readme", "none", "--treatWarningsAsErrors"],
    ...options,
  ]);
}

await main(async () => {
  await build();
  installTools();
  const project = await createProject();
  try {
    compileAll(project);
    run(process.execPath, [toolPath("publint/src/cli.js"), "run", project.tarball, "--strict"]);
    run(process.execPath, [
      toolPath("@arethetypeswrong/cli/dist/index.js"),
      project.tarball,
      // Files for bundlers, servers and tools, not modules that TypeScript knows.
      ...["--exclude-entrypoints", "instaview.wasm", "openapi.json"],
    ]);
    // A part of ClientEvent's type, whose documentation shows it.
    document(project, "index", inBrowsers.files, ["--intentionallyNotExported", "CallEvent"]);
    document(project, "redis", withRedis.files);
    document(project, "testing", inBrowsers.files);
  } finally {
    project.remove();
  }
});
