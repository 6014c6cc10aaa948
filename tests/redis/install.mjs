// Where a Redis is for the tests, and how to get one. Plain JavaScript: the set-up runs it too.
import { Complaint } from "../../pkg-template/build/tools.mjs";
import { installWithApt, which } from "../apt.mjs";

export const missing =
  "The tests need a Redis: install redis-server or valkey-server, with its command line, then run this again.";

/** A server and its command line: Redis, or Valkey, which is the same to whoever uses it. */
export function findRedis() {
  for (const name of ["redis", "valkey"]) {
    const [server, cli] = [which(`${name}-server`), which(`${name}-cli`)];
    if (server && cli) return { server, cli };
  }
  return undefined;
}

/** Installs a Redis where none is found. */
export function installRedis() {
  if (findRedis() || installWithApt("Redis", ["redis-server"])) return;
  throw new Complaint(missing);
}
