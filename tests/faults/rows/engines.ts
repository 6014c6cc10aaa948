import type { Difference, Expected } from "../row.ts";

/** What a lost connection comes to where the browser sends the request again: its repeats are no attempts of the package. */
export const repeatsInFirefox = (gets: Partial<Expected>): Difference => ({
  in: ["firefox"],
  because:
    "Firefox itself repeats a GET whose connection is lost before the headers, up to ten requests in all",
  gets,
});

/** What a body that breaks off comes to where it counts as complete: half a page is no JSON, and is not retried. */
export const wholeInWebKit = (gets: Partial<Expected>): Difference => ({
  in: ["webkit"],
  because: "WebKitGTK gives a body that breaks off, short of its Content-Length, as a whole one",
  gets: { outcome: "invalid_response", status: 200, ...gets },
});
