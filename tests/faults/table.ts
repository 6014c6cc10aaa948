import { misbehaviours } from "./misbehaviours.ts";
import type { Group, Row } from "./row.ts";
import { aborts } from "./rows/aborts.ts";
import { apiKeys } from "./rows/api-keys.ts";
import { bodies } from "./rows/bodies.ts";
import { customFetches } from "./rows/custom-fetches.ts";
import { events } from "./rows/events.ts";
import { headers } from "./rows/headers.ts";
import { network } from "./rows/network.ts";
import { rateLimits } from "./rows/rate-limits.ts";
import { redirects } from "./rows/redirects.ts";
import { retryAfter } from "./rows/retry-after.ts";
import { statuses } from "./rows/statuses.ts";

/** What the server or the surroundings do, and what the user gets. */
export const table: readonly Group[] = [
  statuses,
  retryAfter,
  network,
  aborts,
  bodies,
  apiKeys,
  customFetches,
  headers,
  redirects,
  rateLimits,
  events,
];

const rows = new Map<string, Row>();
for (const { title, rows: ofGroup } of [...table, misbehaviours]) {
  for (const row of ofGroup) {
    if (rows.has(row.name)) throw new Error(`Two rows are called "${row.name}", one in "${title}"`);
    rows.set(row.name, row);
  }
}

export function rowNamed(name: string): Row {
  const row = rows.get(name);
  if (!row) throw new Error(`There is no row "${name}"`);
  return row;
}
