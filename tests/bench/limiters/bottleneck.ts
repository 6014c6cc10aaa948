import Bottleneck from "bottleneck";
import { Redis } from "ioredis";
import { type CreateLimited, fetchPage } from "./limiter.ts";

/** Its clustering: a reservoir in Redis that is filled at intervals of its own. It knows one window, and nothing that the server says. */
export const createLimited: CreateLimited = async (surroundings) => {
  const { redisUrl, limit, interval } = surroundings;
  const client = new Redis(redisUrl);
  const connection = new Bottleneck.IORedisConnection({ client });
  const limiter = new Bottleneck({
    id: "api",
    reservoir: limit,
    reservoirRefreshAmount: limit,
    reservoirRefreshInterval: interval,
    connection,
  });
  await limiter.ready();
  return () => fetchPage(surroundings, () => limiter.schedule(async () => {}));
};
