// Compiled, never run: a program for Node, which has no DOM. The options have the types of Node's own fetch.
import { InstaViewClient, type ListPhoneNumbersOptions, listPhoneNumbers } from "instaview-phone-numbers";

const options: ListPhoneNumbersOptions = {
  baseUrl: new URL("https://api.instaview.sk"),
  fetch: (url, init) => fetch(url, init),
  headers: new Headers({ "X-Trace": "1" }),
  signal: AbortSignal.timeout(5_000),
};
new InstaViewClient({ headers: [["X-Trace", "1"]] });
listPhoneNumbers({ ...options, headers: { "X-Trace": "1" } }).then(({ data }) => data.at(0)?.number);

// @ts-expect-error: a header is a text.
listPhoneNumbers({ headers: 1 });
