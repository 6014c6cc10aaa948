// Clients of Redis, of each library in each version that the store has to work with. Plain JavaScript: the processes run it too.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * @typedef {object} Connected
 * @property {any} client - For the store.
 * @property {() => void} close
 */

/** @param {string} name */
const nodeRedis = (name, options = {}) => {
  /** @param {{ ports: number[]; isCluster: boolean }} address @returns {Promise<Connected>} */
  return async ({ ports, isCluster }) => {
    const { createClient, createCluster } = require(name);
    const urls = ports.map((port) => ({ url: `redis://127.0.0.1:${port}`, ...options }));
    const client = isCluster ? createCluster({ rootNodes: urls }) : createClient(urls[0]);
    // Without a listener, a lost connection ends the process.
    client.on("error", () => {});
    await client.connect();
    // `destroy` came with version 5.
    return { client, close: () => (client.destroy ?? client.disconnect).call(client)?.catch?.(() => {}) };
  };
};

/** @param {string} name */
const ioredis = (name, options = {}) => {
  /** @param {{ ports: number[]; isCluster: boolean }} address @returns {Promise<Connected>} */
  return async ({ ports, isCluster }) => {
    const { Redis, Cluster } = require(name);
    const nodes = ports.map((port) => ({ host: "127.0.0.1", port }));
    const client = isCluster
      ? // Not with numbers as strings: it takes those of the slots for numbers itself.
        new Cluster(nodes, { redisOptions: { ...options, stringNumbers: false } })
      : new Redis({ ...nodes[0], ...options });
    client.on("error", () => {});
    await new Promise((resolve) => client.once("ready", resolve));
    return { client, close: () => client.disconnect() };
  };
};

/** The newest of each, which most tests use. */
export const newest = { "node-redis": nodeRedis("redis"), ioredis: ioredis("ioredis") };

/** All that the store has to work with. */
export const clients = {
  "redis 6, RESP3": nodeRedis("redis"),
  "redis 6, RESP2": nodeRedis("redis", { RESP: 2 }),
  "redis 5": nodeRedis("redis-5"),
  "redis 5, RESP3": nodeRedis("redis-5", { RESP: 3 }),
  "redis 4": nodeRedis("redis-4"),
  "ioredis 6": ioredis("ioredis"),
  "ioredis 5": ioredis("ioredis-5"),
  "ioredis 6, pipelining": ioredis("ioredis", { enableAutoPipelining: true }),
  "ioredis 6, numbers as strings": ioredis("ioredis", { stringNumbers: true }),
};
