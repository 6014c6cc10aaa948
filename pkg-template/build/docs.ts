// Builds the reference of the package as a site, with its documents as pages and the crate's own documentation beside it:
//   npm run docs
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { Application } from "typedoc";
import { build } from "./build.ts";
import { categories, categorize } from "./categories.ts";
import { subpaths } from "./package.ts";
import { Complaint, main, root, run, say } from "./tools.mjs";

const site = join(root, "target", "docs");
const pkg = join(root, "pkg");

/** The parts of the package, in the order in which they are shown. */
const entries = ["index", ...subpaths].map((name) => join(pkg, `${name}.d.ts`));

async function documentPackage(): Promise<void> {
  const app = await Application.bootstrap({
    name: "instaview-phone-numbers",
    entryPoints: entries,
    tsconfig: join(root, "tsconfig.json"),
    readme: join(pkg, "README.md"),
    projectDocuments: readdirSync(join(pkg, "docs")).map((name) => join(pkg, "docs", name)),
    categorizeByGroup: false,
    categoryOrder: Object.keys(categories),
    // A part of ClientEvent's type, whose documentation shows it.
    intentionallyNotExported: ["CallEvent"],
    disableSources: true,
    validation: { invalidLink: true, invalidPath: true, notDocumented: false, notExported: true },
    highlightLanguages: ["ts", "js", "jsx", "sh", "json"],
    treatWarningsAsErrors: true,
    treatValidationWarningsAsErrors: true,
  });
  categorize(app);
  const project = await app.convert();
  if (!project) throw new Complaint("TypeDoc could not read the types of the package.");
  app.validate(project);
  await app.generateDocs(project, site);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) {
    throw new Complaint("The documentation lacks something: what it is, is above.");
  }
}

/** The links of the site that lead to no file of it. */
function brokenLinks(): string[] {
  const pages = readdirSync(site, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".html"),
  );
  return pages.flatMap((page) => {
    const html = readFileSync(join(site, page), "utf8");
    const links = [...html.matchAll(/(?:href|src)="([^"#?]+)[^"]*"/g)].map(([, link]) => link ?? "");
    const local = links.filter((link) => !/^[a-z]+:/.test(link));
    const broken = local.filter((link) => !existsSync(join(site, dirname(page), decodeURI(link))));
    return broken.map((link) => `${page}: ${link}`);
  });
}

await main(async () => {
  await build();
  rmSync(site, { recursive: true, force: true });
  say("Documenting the package");
  await documentPackage();
  const broken = brokenLinks();
  if (broken.length > 0) throw new Complaint(`Links that lead nowhere:\n${broken.join("\n")}`);
  say("Documenting the crate");
  run("cargo", ["doc", "--quiet", "--no-deps", "--document-private-items"]);
  cpSync(join(root, "target", "doc"), join(site, "crate"), { recursive: true });
  console.log(
    `Open ${relative(process.cwd(), join(site, "index.html"))}; the crate is in crate/instaview_phone_numbers.`,
  );
});
