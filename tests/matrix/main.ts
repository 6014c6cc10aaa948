// Lists phone numbers with the packed package wherever it has to work, and prints one table.
//   npm run test:matrix [-- part of a row's name…]
import { build } from "../../pkg-template/build/build.ts";
import { Complaint, main } from "../../pkg-template/build/tools.mjs";
import { matrix } from "./matrix.ts";
import { runMatrix } from "./run.ts";
import { installTools } from "./tools.ts";

await main(async () => {
  const parts = process.argv.slice(2).map((part) => part.toLowerCase());
  const rows = matrix.filter(({ name }) => parts.every((part) => name.toLowerCase().includes(part)));
  if (rows.length === 0) {
    throw new Complaint(
      `No row has such a name. The rows are: ${matrix.map(({ name }) => name).join("; ")}.`,
    );
  }
  await build();
  installTools();
  if (!(await runMatrix(rows))) process.exitCode = 1;
});
