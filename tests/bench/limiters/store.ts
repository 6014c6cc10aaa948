import { InstaViewClient } from "instaview-phone-numbers";
import { redisRateLimitStore } from "instaview-phone-numbers/redis";
import { createClient } from "redis";
import type { CreateLimited } from "./limiter.ts";

export const createLimited: CreateLimited = async ({ url, apiKey, redisUrl }) => {
  const redis = await createClient({ url: redisUrl }).connect();
  const rateLimitStore = redisRateLimitStore(redis);
  const client = new InstaViewClient({ baseUrl: url, apiKey, maxRetries: 100, rateLimitStore });
  return () => client.listPhoneNumbers({ page: 1, limit: 1 });
};
