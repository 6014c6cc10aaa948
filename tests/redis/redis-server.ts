// Redis servers of the tests' own, on the loopback, which end with whoever started them.
import { type ChildProcessWithoutNullStreams, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { Redis } from "ioredis";
import { findRedis, missing } from "./install.mjs";

const run = promisify(execFile);

/** Where a server is, or the three of a cluster are. */
export interface Address {
  ports: number[];
  isCluster: boolean;
}

export interface RedisServer extends Address {
  readonly port: number;
  readonly url: string;
  /** A connection for what the tests look at. */
  readonly admin: Redis;
  /** Ends the process, as a crash does: at once, and nothing is kept. */
  stop(): Promise<void>;
  /** Starts it again, empty, where it was. */
  start(): Promise<void>;
  /** Ends it for good. */
  close(): Promise<void>;
}

export async function startRedis(options: { isCluster?: boolean } = {}): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "instaview-redis-"));
  const extra = options.isCluster ? ["--cluster-enabled", "yes", "--cluster-node-timeout", "5000"] : [];
  let started: { port: number; process: ChildProcessWithoutNullStreams } | undefined;
  // Another program may take the port before the server does.
  for (let attempt = 1; !started; attempt += 1) {
    const port = await freePort();
    try {
      started = { port, process: await launch(port, folder, extra) };
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
  const { port } = started;
  const admin = adminOf(port);
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    ports: [port],
    isCluster: false,
    admin,
    async stop() {
      await end(started?.process);
      started = undefined;
    },
    async start() {
      started = { port, process: await launch(port, folder, extra) };
    },
    async close() {
      admin.disconnect();
      await end(started?.process);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Cluster extends Address {
  readonly nodes: RedisServer[];
  close(): Promise<void>;
}

/** A cluster of three, which is ready. */
export async function startCluster(): Promise<Cluster> {
  const nodes = await Promise.all([1, 2, 3].map(() => startRedis({ isCluster: true })));
  const close = async () => void (await Promise.all(nodes.map((node) => node.close())));
  try {
    const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`);
    await run(commands().cli, ["--cluster", "create", ...addresses, "--cluster-yes"]);
    // It returns before every node knows of the others' slots.
    await until(async () => {
      const infos = await Promise.all(nodes.map(({ admin }) => admin.cluster("INFO")));
      return infos.every((info) => info.includes("cluster_state:ok"));
    });
  } catch (error) {
    await close();
    throw error;
  }
  return { nodes, ports: nodes.map(({ port }) => port), isCluster: true, close };
}

/** Asks again and again, where there is no event to wait for. */
export async function until(isDone: () => Promise<boolean>, seconds = 30): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await isDone())) {
    if (performance.now() > end) throw new Error(`This did not come true in ${seconds} s: ${isDone}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function commands() {
  const found = findRedis();
  if (!found) throw new Error(missing);
  return found;
}

/** Starts a server, which is ready then. */
async function launch(port: number, folder: string, extra: string[]) {
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder];
  const args = [...options, "--save", "", "--appendonly", "no", ...extra];
  // The shell ends the server when its standard input ends: that of tests which are killed does, too.
  const script = '"$@" & exec >/dev/null; cat; kill -9 $!; wait $!';
  const process = spawn("sh", ["-c", script, "sh", commands().server, ...args]);
  const lines: string[] = [];
  for await (const line of createInterface({ input: process.stdout })) {
    lines.push(line);
    if (line.includes("Ready to accept connections")) {
      process.stdout.resume();
      return process;
    }
  }
  await end(process);
  throw new Error(`Redis did not start:\n${lines.slice(-5).join("\n")}`);
}

async function end(process: ChildProcessWithoutNullStreams | undefined) {
  if (!process || process.exitCode !== null) return;
  const exit = once(process, "exit");
  process.stdin.end();
  await exit;
}

/** A connection that waits for its server, however long that is away. */
function adminOf(port: number): Redis {
  const admin = new Redis(port, "127.0.0.1", { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  // The server is stopped on purpose.
  admin.on("error", () => {});
  return admin;
}

/** A port that nobody uses, nor the one by which the nodes of a cluster talk: ten thousand higher. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = await listenOnce(0);
    if (port && port < 55_000 && (await listenOnce(port + 10_000))) return port;
  }
}

function listenOnce(port: number): Promise<number | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}
