// What the store sends, to clients that keep it and reply when they are told to.
import { type NodeRedisLike, redisRateLimitStore } from "instaview-phone-numbers/redis";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lease } from "./admissions.ts";

/** A command that was sent, and how it ends. */
interface Sent {
  values: string[];
  reply(value: unknown): void;
}

/** A client of npm `redis` that keeps what it is sent. */
function keepingClient() {
  const sent: Sent[] = [];
  const run = (_: string, { arguments: values }: { arguments: string[] }) =>
    new Promise((reply) => sent.push({ values, reply }));
  const client: NodeRedisLike = { evalSha: run, eval: run };
  return { client, sent };
}

it.each([
  [{}, 250],
  [{ timeout: 1 }, 1],
  [{ timeout: 2 ** 31 - 1 }, 2 ** 31 - 1],
])("a store of the options %j tells the client its timeout", (options, timeout) => {
  expect(redisRateLimitStore(keepingClient().client, options)).toHaveProperty("timeout", timeout);
});

it("what a response did not report is empty", async () => {
  const { client, sent } = keepingClient();
  const store = redisRateLimitStore(client);
  const none = store.finish("an id", "a permit", {});
  const hour = { limit: 2_000, remaining: 7, reset: 1_700_000_000, resetIn: 600_000 };
  const some = store.finish("an id", "a permit", { hour, retryAfter: 500 });
  for (const { reply } of sent) reply("OK");
  await Promise.all([none, some]);
  expect(sent.map(({ values }) => values)).toEqual([
    ["finish", "a permit", "", "", "", "", "", "", "", "", ""],
    ["finish", "a permit", "500", "", "", "", "", "2000", "7", "1700000000", "600000"],
  ]);
});

describe("a reply that is late", () => {
  const unhandled = vi.fn();
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    process.on("unhandledRejection", unhandled);
  });
  afterEach(() => {
    vi.useRealTimers();
    process.off("unhandledRejection", unhandled);
    unhandled.mockClear();
  });

  /** What is sent once a command has been given up, and its reply comes. */
  async function sentAfter(command: "admit" | "finish", reply: unknown): Promise<string[][]> {
    const { client, sent } = keepingClient();
    const store = redisRateLimitStore(client, { timeout: 10 });
    const result = command === "admit" ? store.admit("an id", lease) : store.finish("an id", "a permit", {});
    const given = result.then(
      () => "nothing",
      (error: Error) => error.message,
    );
    vi.advanceTimersByTime(10);
    expect(await given).toBe("Redis did not reply within 10 ms");
    sent[0]?.reply(reply);
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).not.toHaveBeenCalled();
    return sent.slice(1).map(({ values }) => values);
  }

  it("gives a permit back", async () => {
    expect(await sentAfter("admit", [1, "a permit", 1])).toEqual([["cancel", "a permit"]]);
  });

  it.each([
    ["a refusal", "admit", [0, 500, "minute", 1]],
    ["none at all", "admit", "OK"],
    ["that of a report", "finish", "OK"],
  ] as const)("that is %s is ignored", async (_, command, reply) => {
    expect(await sentAfter(command, reply)).toEqual([]);
  });
});

describe("the script is sent", () => {
  const reply = [1, "a permit", 1];
  const missing = () => Promise.reject(new Error("NOSCRIPT No matching script."));

  it("to a server that does not have it", async () => {
    const client = { evalSha: vi.fn(missing), eval: vi.fn(async () => reply) };
    expect(await redisRateLimitStore(client).admit("an id", lease)).toMatchObject({ permit: "a permit" });
    expect(client.evalSha).toHaveBeenCalledOnce();
    expect(client.eval).toHaveBeenCalledOnce();
  });

  it.each([
    ["of another error", new Error("LOADING Redis is loading the dataset in memory")],
    ["of what is no error", { message: "NOSCRIPT" }],
    ["of nothing", undefined],
  ])("not because %s", async (_, thrown) => {
    const client = { evalSha: () => Promise.reject(thrown), eval: vi.fn(async () => reply) };
    await expect(redisRateLimitStore(client).admit("an id", lease)).rejects.toBe(thrown);
    expect(client.eval).not.toHaveBeenCalled();
  });

  it("to the node of a cluster that has the keys, and may write them", async () => {
    const sendCommand = vi.fn(async (_key: string, _isReadonly: boolean, [name]: string[]) =>
      name === "EVALSHA" ? missing() : reply,
    );
    const unused = vi.fn();
    const client = { evalSha: unused, eval: unused, nodeClient: unused, sendCommand };
    await redisRateLimitStore(client).admit("an id", lease);
    const keys = ["windows", "requests", "clients"].map((name) => `instaview:{an id}:${name}`);
    expect(sendCommand.mock.calls).toEqual(
      ["EVALSHA", "EVAL"].map((name) => [
        keys[0],
        false,
        [name, expect.any(String), "3", ...keys, "admit", expect.any(String), `${lease}`, expect.any(String)],
      ]),
    );
    expect(unused).not.toHaveBeenCalled();
  });
});
