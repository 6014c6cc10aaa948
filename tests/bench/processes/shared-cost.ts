// Calls per second where a store is asked before each.
//   node shared-cost.mjs <rounds> <surroundings as JSON>
import { type Contender, compare, timed } from "../compare.ts";
import { createLimited as bottleneck } from "../limiters/bottleneck.ts";
import { createLimited as none } from "../limiters/none.ts";
import { createLimited as rateLimiterFlexible } from "../limiters/rate-limiter-flexible.ts";
import { createLimited as store } from "../limiters/store.ts";

const CALLS = 128;

const [rounds, surroundings] = process.argv.slice(2) as [string, string];
const limiters = {
  "instaview-phone-numbers without a store": none,
  "instaview-phone-numbers with Redis": store,
  "fetch + Bottleneck's clustering": bottleneck,
  "fetch + rate-limiter-flexible": rateLimiterFlexible,
};

const contenders: Contender[] = [];
for (const [name, createLimited] of Object.entries(limiters)) {
  const getPage = await createLimited(JSON.parse(surroundings));
  contenders.push({
    name,
    async sample() {
      const milliseconds = await timed(async () => {
        for (let call = 0; call < CALLS; call += 1) await getPage();
      });
      return (milliseconds / CALLS) * 1000;
    },
  });
}

process.send?.(await compare(contenders, Number(rounds), 2));
