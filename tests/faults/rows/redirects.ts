import { check } from "../check.ts";
import { BROWSERS, type Difference, type Group, type Row } from "../row.ts";

const differences: Difference[] = [
  {
    in: BROWSERS,
    because: "Fetch: a redirect that is not followed is opaque to a page",
    gets: { status: undefined },
  },
];

const rowsOf = (status: number): Row[] =>
  (["url", "otherUrl"] as const).map(
    (target): Row => ({
      name: `${status} to ${target === "url" ? "the same" : "another"} origin`,
      answers: (addresses) => [{ status, headers: { Location: `${addresses[target]}/v1/phone-numbers` } }],
      gets: { outcome: "http", status },
      differences,
    }),
  );

export const redirects: Group = {
  title: "Redirects",
  rows: [
    ...[301, 302, 303, 307, 308].flatMap(rowsOf),
    {
      name: "308 from https to http",
      options: ({ secureUrl }) => ({ baseUrl: secureUrl }),
      gets: { outcome: "http", status: 308, attempts: 1, requests: 0 },
      differences,
    },
    {
      name: "a fetch of the user's own is asked not to follow a redirect",
      options: {
        fetch: async (_: string, { redirect }: RequestInit) => {
          check(redirect === "manual", `asked to ${redirect}`);
          return Response.redirect("http://127.0.0.1:1/", 302);
        },
      },
      gets: { outcome: "http", status: 302, attempts: 1, requests: 0 },
    },
  ],
};
