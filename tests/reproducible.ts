// Builds the package a second time, in another folder, and compares the bytes: what is published can be built again from
// the sources that it names, by anyone.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { build } from "../pkg-template/build/build.ts";
import { Complaint, main, root, run } from "../pkg-template/build/tools.mjs";

/** Kept, with what cargo has compiled there: only the first time takes minutes. */
const elsewhere = join(root, "target", "elsewhere");

const sources = [
  ...["src", "pkg-template", "tests/bench/decoder.ts", "tests/types"],
  ...["Cargo.toml", "Cargo.lock", "rust-toolchain.toml"],
  ...["package.json", "package-lock.json", "tsconfig.json", "biome.json", ".gitignore"],
];

function buildElsewhere() {
  for (const name of sources) {
    const target = join(elsewhere, name);
    rmSync(target, { recursive: true, force: true });
    cpSync(join(root, name), target, { recursive: true });
  }
  const modules = join(elsewhere, "node_modules");
  if (!existsSync(modules)) symlinkSync(join(root, "node_modules"), modules, "junction");
  run("tsx", [join(elsewhere, "pkg-template", "build", "build.ts")]);
}

/** The files within a folder, those of its folders included. */
const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();

await main(async () => {
  await build();
  mkdirSync(elsewhere, { recursive: true });
  buildElsewhere();

  const [here, there] = [join(root, "pkg"), join(elsewhere, "pkg")];
  const names = filesOf(here);
  if (names.join() !== filesOf(there).join()) throw new Complaint("The builds have other files.");
  const contents = names.map((name) => ({ name, content: readFileSync(join(here, name)) }));
  const different = contents.filter(({ name, content }) => !content.equals(readFileSync(join(there, name))));
  if (different.length > 0) {
    throw new Complaint(`Two builds differ in ${different.map(({ name }) => name).join(", ")}.`);
  }
  const telling = contents.filter(({ content }) => content.includes(homedir()) || content.includes(root));
  if (telling.length > 0) {
    throw new Complaint(`Paths of this machine are in ${telling.map(({ name }) => name).join(", ")}.`);
  }
  console.log(`Two builds, the same bytes: ${names.join(", ")}`);
});
