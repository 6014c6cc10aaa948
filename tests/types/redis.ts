// Compiled, never run: the store for Redis has the contract's types, and takes the clients of both libraries without a cast.
import { expectTypeOf } from "expect-type";
import type * as main from "instaview-phone-numbers";
import { type ClientOptions, InstaViewClient } from "instaview-phone-numbers";
import type * as published from "instaview-phone-numbers/redis";
import { redisRateLimitStore } from "instaview-phone-numbers/redis";
import { Cluster, Redis } from "ioredis";
import { createClient, createClientPool, createCluster, RESP_TYPES } from "redis";

// As the contract says it, in its words.
type Store = ClientOptions["rateLimitStore"] & {};
declare function contract(
  client: published.NodeRedisLike | published.IoRedisLike,
  options?: { prefix?: string; timeout?: number },
): Store;
expectTypeOf<typeof redisRateLimitStore>().toEqualTypeOf<typeof contract>();
expectTypeOf<keyof typeof published>().toEqualTypeOf<"redisRateLimitStore">();

// The types that both entries have are the same ones.
expectTypeOf<published.RateLimitStore>().toEqualTypeOf<main.RateLimitStore>();
expectTypeOf<published.RateLimitReport>().toEqualTypeOf<main.RateLimitReport>();
expectTypeOf<published.ReportedWindow>().toEqualTypeOf<main.ReportedWindow>();

const url = "redis://localhost";
const rootNodes = [{ url }];
redisRateLimitStore(createClient());
redisRateLimitStore(createClient({ url, RESP: 2 }));
redisRateLimitStore(createClient({ url, RESP: 3 }));
redisRateLimitStore(createClient({ url }).withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer }));
redisRateLimitStore(createClientPool({ url }));
redisRateLimitStore(createCluster({ rootNodes }));
redisRateLimitStore(createCluster({ rootNodes, RESP: 3 }));
redisRateLimitStore(new Redis());
redisRateLimitStore(new Redis(url, { enableAutoPipelining: true }));
redisRateLimitStore(new Cluster([url]));
createClient({ url })
  .connect()
  .then((client) => redisRateLimitStore(client, { prefix: "a", timeout: 100 }));

// The store is one for the option, also beside others.
new InstaViewClient({ rateLimitStore: redisRateLimitStore(new Redis(), { timeout: 100 }) });
new InstaViewClient({ rateLimitStore: undefined });

// @ts-expect-error: an address is no client.
redisRateLimitStore(url);
// @ts-expect-error: it is not connected by this package.
redisRateLimitStore({ url });
// @ts-expect-error: nor is a promise of a client one.
redisRateLimitStore(createClient().connect());
// @ts-expect-error: milliseconds are a number.
redisRateLimitStore(new Redis(), { timeout: "100" });
// @ts-expect-error: there is no such option.
redisRateLimitStore(new Redis(), { lease: 1 });
