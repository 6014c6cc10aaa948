// From the import of a library to its first page, in milliseconds: in a process of its own, once.
//   node start.mjs <module of the client> <url>

import type { CreateClient } from "../clients/client.ts";
import { API_KEY } from "../payload.ts";

const [module, url] = process.argv.slice(2) as [string, string];

const start = performance.now();
const { createClient } = (await import(module)) as { createClient: CreateClient };
const numbers = await createClient({ url, apiKey: API_KEY })(1);
const end = performance.now();
if (numbers.length !== 100) throw new Error(`${module} got ${numbers.length} numbers`);
process.send?.(end - start);
