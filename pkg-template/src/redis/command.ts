import { sha1, source } from "./rate-limit.lua";

/** What the store needs of a client of npm `redis`, version 4 or newer, of a single server or a cluster. */
export interface NodeRedisLike {
  /** Runs a script that the server has, by its hash. */
  evalSha(sha1: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  /** Runs a script. */
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** What the store needs of a client of npm `ioredis`, version 5 or newer, of a single server or a cluster. */
export interface IoRedisLike {
  /** Runs a script that the server has, by its hash. */
  evalsha(sha1: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  /** Runs a script. */
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
}

/** What a cluster of npm `redis` has besides. */
interface NodeRedisCluster {
  sendCommand(firstKey: string | undefined, isReadonly: boolean, args: string[]): Promise<unknown>;
}

/** Runs the script with these keys and arguments. */
export type Command = (keys: string[], values: string[]) => Promise<unknown>;

/** The script as a command of this client, whose library is known by its methods; undefined where it is neither. */
export function commandOf(client: unknown): Command | undefined {
  const has = (name: string) =>
    typeof (client as Record<string, unknown> | null | undefined)?.[name] === "function";
  if (has("evalSha") && has("eval")) {
    // A cluster.
    if (has("nodeClient") && has("sendCommand")) {
      const cluster = client as NodeRedisCluster;
      return loading(sending(cluster, "EVALSHA", sha1), sending(cluster, "EVAL", source));
    }
    const redis = client as NodeRedisLike;
    return loading(
      (keys, values) => redis.evalSha(sha1, { keys, arguments: values }),
      (keys, values) => redis.eval(source, { keys, arguments: values }),
    );
  }
  if (has("evalsha") && has("eval")) {
    const redis = client as IoRedisLike;
    return loading(
      (keys, values) => redis.evalsha(sha1, keys.length, ...keys, ...values),
      (keys, values) => redis.eval(source, keys.length, ...keys, ...values),
    );
  }
  return undefined;
}

/**
 * Runs the script on the node that has the keys. Version 4 does not find them in the arguments of `evalSha` and `eval`: it sends
 * these to any node, looks for the right one in the same way when it is redirected, and at last gives up.
 */
const sending =
  (cluster: NodeRedisCluster, name: string, script: string): Command =>
  (keys, values) =>
    cluster.sendCommand(keys[0], false, [name, script, String(keys.length), ...keys, ...values]);

/** Sends the script's hash, and the script itself to a server that does not have it, or not any more. */
const loading =
  (hash: Command, script: Command): Command =>
  async (keys, values) => {
    try {
      return await hash(keys, values);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
      return await script(keys, values);
    }
  };
