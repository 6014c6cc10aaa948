// One of several processes that use a key: it gets pages, all at once, when it is told to.
//   node fleet-member.mjs <limiter> <calls> <surroundings as JSON>
import { once } from "node:events";
import type { CreateLimited } from "../limiters/limiter.ts";

const [limiter, calls, surroundings] = process.argv.slice(2) as [string, string, string];
const { createLimited } = (await import(limiter)) as { createLimited: CreateLimited };
const getPage = await createLimited(JSON.parse(surroundings));
process.send?.("ready");
await once(process, "message");
await Promise.all(Array.from({ length: Number(calls) }, getPage));
process.send?.("done");
