import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import { RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { type CreateLimited, fetchPage } from "./limiter.ts";

/** A counter in Redis whose window starts with its first request. It knows one window, and nothing that the server says. */
export const createLimited: CreateLimited = async (surroundings) => {
  const { redisUrl, limit, interval } = surroundings;
  const storeClient = new Redis(redisUrl);
  const limiter = new RateLimiterRedis({ storeClient, points: limit, duration: interval / 1000 });
  async function allowed(): Promise<void> {
    try {
      await limiter.consume("api");
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      await delay(refusal.msBeforeNext);
      await allowed();
    }
  }
  return () => fetchPage(surroundings, allowed);
};
