// What a call costs beside its response: the global fetch gives one within the process, of one number and with rate-limit
// headers, and each call lists another page.
//   node own-cost.mjs <rounds>
import { InstaViewClient } from "instaview-phone-numbers";
import { compare, spread, timed } from "../compare.ts";
import { API_KEY, encode, wirePage } from "../payload.ts";

const CALLS = 800;
const BASE_URL = "https://api.example.com";

const bytes = encode(wirePage({ total: 1 }));
const now = Math.floor(Date.now() / 1000);
const headers = {
  "Content-Type": "application/json",
  Date: new Date().toUTCString(),
  "X-Request-Id": "3f8b2c1e-6a47-4d09-9e53-b1c70d84fa26",
  "X-RateLimit-Limit-Minute": "1000000",
  "X-RateLimit-Remaining-Minute": "999999",
  "X-RateLimit-Reset-Minute": String(now + 30),
  "X-RateLimit-Limit-Hour": "1000000",
  "X-RateLimit-Remaining-Hour": "999999",
  "X-RateLimit-Reset-Hour": String(now + 1800),
};
globalThis.fetch = async () => new Response(bytes, { headers });

let page = 0;
const nextPage = () => {
  page = (page % 10_000) + 1;
  return page;
};
const client = new InstaViewClient({ apiKey: API_KEY, baseUrl: BASE_URL });
const ours = () => client.listPhoneNumbers({ page: nextPage() });
const bare = async () => (await fetch(`${BASE_URL}/phone-numbers?page=${nextPage()}`)).json();

/** Microseconds for one call. */
const costOf = (call: () => Promise<unknown>) => async () => {
  const milliseconds = await timed(async () => {
    for (let index = 0; index < CALLS; index += 1) await call();
  });
  return (milliseconds / CALLS) * 1000;
};

const samples: [bare: number[], ours: number[]] = [[], []];
const kept = (index: 0 | 1, sample: () => Promise<number>) => async () => {
  const value = await sample();
  samples[index].push(value);
  return value;
};
const [rounds] = process.argv.slice(2) as [string];
const warmUps = 4;
const measurements = await compare(
  [
    { name: "fetch + response.json()", sample: kept(0, costOf(bare)) },
    { name: "instaview-phone-numbers", sample: kept(1, costOf(ours)) },
  ],
  Number(rounds),
  warmUps,
);
const [bareSamples, ourSamples] = samples.map((values) => values.slice(warmUps)) as [number[], number[]];
const more = ourSamples.map((value, round) => value - (bareSamples[round] as number));
const ratio = more.map((value, round) => value / (bareSamples[round] as number));
const name = "instaview-phone-numbers, more than the baseline";
process.send?.([...measurements, { name, value: spread(more), ratio: spread(ratio) }]);
