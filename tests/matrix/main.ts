// Lists phone numbers with the packed package wherever it has to work, and prints one table.
//   npm run test:matrix [-- part of a row's name…]
import { parseArgs } from "node:util";
import { build } from "../../pkg-template/build/build.ts";
import { Complaint, main } from "../../pkg-template/build/tools.mjs";
import { matrix, quickMatrix } from "./matrix.ts";
import { runMatrix } from "./run.ts";
import { installTools } from "./tools.ts";

await main(async () => {
  const { values, positionals } = parseArgs({
    options: { quick: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const parts = positionals.map((part) => part.toLowerCase());
  const all = values.quick ? quickMatrix : matrix;
  const rows = all.filter(({ name }) => parts.every((part) => name.toLowerCase().includes(part)));
  if (rows.length === 0) {
    throw new Complaint(`No row has such a name. The rows are: ${all.map(({ name }) => name).join("; ")}.`);
  }
  await build();
  installTools(values.quick ? "quick" : "all");
  if (!(await runMatrix(rows))) process.exitCode = 1;
});
