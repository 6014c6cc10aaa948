// The subpath `instaview-phone-numbers/redis`: a store in Redis or Valkey for the rate limits that processes share.
export type { RateLimitReport, RateLimitStore, ReportedWindow } from "../../wasm/core.js";
export type { IoRedisLike, NodeRedisLike } from "./command.ts";
export { type RedisRateLimitStoreOptions, redisRateLimitStore } from "./store.ts";
