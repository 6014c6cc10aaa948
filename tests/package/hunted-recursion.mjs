// Reads a client's rateLimit in a recursion without end, which it catches; then prints what becomes of a call that was under way,
// and of another one. In a process of its own, because it may never end.
import { InstaViewClient, listPhoneNumbers } from "../../pkg/index.js";

const options = { apiKey: "sk_test_1", baseUrl: "https://x.test", maxRetries: 0 };
const page = () => Response.json({ data: [], total: 0, page: 1, limit: 20, totalPages: 0 });
const window = { limit: 60, remaining: 5, reset: Math.floor(Date.now() / 1000) + 30 };
const headers = Object.entries(window).map(([name, value]) => [`x-ratelimit-${name}-minute`, `${value}`]);
const fetch = async () => {
  const response = page();
  for (const [name = "", value = ""] of headers) response.headers.set(name, value);
  return response;
};
const client = new InstaViewClient({ ...options, fetch });
await client.listPhoneNumbers();

const { promise, resolve } = (() => {
  let resolve = (/** @type {Response} */ _) => {};
  const promise = new Promise((/** @type {(response: Response) => void} */ settle) => (resolve = settle));
  return { promise, resolve };
})();
const underWay = listPhoneNumbers({ ...options, fetch: () => promise });
await new Promise((settle) => setTimeout(settle, 20));

const read = () => {
  void client.rateLimit;
  read();
};
try {
  read();
} catch {
  // As a server does that answers with 500, and goes on.
}
resolve(page());
const settled = (/** @type {Promise<unknown>} */ call) =>
  Promise.race([
    call.then(
      () => "a page",
      ({ type }) => type,
    ),
    new Promise((settle) => setTimeout(settle, 500, "hangs")),
  ]);
console.log(await settled(underWay));
console.log(await settled(listPhoneNumbers({ ...options, fetch: async () => page() })));
process.exit();
