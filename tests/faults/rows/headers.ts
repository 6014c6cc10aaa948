import { SANDBOX_KEYS } from "../../../www/sandbox/keys.ts";
import { type Expected, type Group, KEYLESS, type Options, PAGE, type Row } from "../row.ts";

const sends = (name: string, options: Options, headers: Expected["headers"] & {}): Row => ({
  name,
  answers: [PAGE],
  options,
  gets: { outcome: "page", headers },
});

const refused = (name: string, headers: unknown): Row => ({
  name: `headers: ${name}`,
  options: { headers },
  gets: { outcome: "invalid_argument", requests: 0, issue: "headers" },
});

export const headers: Group = {
  title: "Headers",
  rows: [
    sends("headers as an object", { headers: { "X-Team": "hiring" } }, { "x-team": "hiring" }),
    sends("headers as pairs", { headers: [["X-Team", "hiring"]] }, { "x-team": "hiring" }),
    sends("headers as Headers", { headers: new Headers({ "X-Team": "hiring" }) }, { "x-team": "hiring" }),
    {
      name: "headers of the call, over the client's",
      options: { headers: { "X-Team": "hiring", "X-Office": "Bratislava" } },
      call: ({ client }) => client.listPhoneNumbers({}, { headers: { "x-team": "sales" } }),
      gets: { outcome: "page", headers: { "x-team": "sales", "x-office": "Bratislava" } },
    },
    sends(
      "Authorization and Accept of the user's lose",
      { headers: { authorization: "Basic bWU6c2VjcmV0", ACCEPT: "text/html" } },
      { authorization: `Bearer ${SANDBOX_KEYS.company}`, accept: "application/json" },
    ),
    sends(
      "without a key, Authorization is the user's",
      { ...KEYLESS, headers: { Authorization: "Basic bWU6c2VjcmV0" } },
      { authorization: "Basic bWU6c2VjcmV0" },
    ),
    sends("without a key, there is no Authorization", KEYLESS, { authorization: null }),
    {
      name: "headers are sent with every attempt",
      answers: [{ status: 503 }, PAGE],
      options: { headers: { "X-Team": "hiring" } },
      gets: { outcome: "page", requests: 2, ms: 250, headers: { "x-team": "hiring" } },
    },
    refused("null", null),
    refused("a string", "X-Team: hiring"),
    refused("a null value", { "X-Team": null }),
    refused("an undefined value", { "X-Team": undefined }),
    refused("a null value in a pair", [["X-Team", null]]),
    refused("a pair without a value", [["X-Team"]]),
    refused("a name with a space", { "X Team": "hiring" }),
    refused("a value with a newline", { "X-Team": "hiring\nX-Other: 1" }),
    refused("a value that is a Symbol", { "X-Team": Symbol("hiring") }),
    refused("a getter that throws", {
      get "X-Team"() {
        throw new Error("no");
      },
    }),
  ],
};
