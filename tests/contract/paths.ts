import { join } from "node:path";
import { root } from "../../pkg-template/build/tools.mjs";

/** The document as it is published. */
export const documentPath = join(root, "pkg", "openapi.json");

/** A file of a tool, such as `@redocly/cli/bin/cli.js`. */
export const toolPath = (path: string) => join(import.meta.dirname, "node_modules", path);
