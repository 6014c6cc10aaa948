const names = [
  "date",
  "retry-after",
  "x-request-id",
  "x-ratelimit-limit-minute",
  "x-ratelimit-remaining-minute",
  "x-ratelimit-reset-minute",
  "x-ratelimit-limit-hour",
  "x-ratelimit-remaining-hour",
  "x-ratelimit-reset-hour",
];

/**
 * The headers that the core reads, one on each line; an empty one where a header is missing, or is no text of one line.
 *
 * @param {any} response
 */
export function readHeaders({ headers }) {
  return names
    .map((name) => {
      const value = headers.get(name);
      return typeof value === "string" && !value.includes("\n") ? value : "";
    })
    .join("\n");
}
