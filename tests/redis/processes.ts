// Real processes with the built package, which share their rate limits in a Redis.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Address } from "./redis-server.ts";

export type Library = "node-redis" | "ioredis";

/** No Redis key, value or command may show it, nor the base URL. */
export const apiKey = "sk_test_kQ7vXw2mT9zR";

export interface Settings {
  library: Library;
  redis: Address;
  baseUrl: string;
  /** Options of every client. */
  client?: Record<string, unknown>;
  /** Options of every store. */
  store?: Record<string, unknown>;
}

/** What a call came to: "page", the type of an InstaViewError, or what else was thrown. */
export interface Outcome {
  at: number;
  outcome: string;
  message?: string;
}

export class Worker {
  readonly name: string;
  readonly outcomes: Outcome[] = [];
  readonly storeErrors: { at: number; message: string }[] = [];
  readonly #process: ChildProcess;
  #isKilled = false;

  constructor(name: string, { library, redis, baseUrl, client, store }: Settings) {
    this.name = name;
    const options = { apiKey, baseUrl, headers: { "X-Process": name }, ...client };
    const { ports, isCluster } = redis;
    const settings = { library, redis: { ports, isCluster }, client: options, store };
    this.#process = fork(join(import.meta.dirname, "worker.mjs"), [JSON.stringify(settings)], {
      execArgv: [],
    });
    this.#process.on("message", ({ outcome, message, storeError }: Record<string, string>) => {
      const at = Date.now();
      if (outcome) this.outcomes.push({ at, outcome, ...(message && { message }) });
      if (storeError) this.storeErrors.push({ at, message: storeError });
    });
  }

  /** Waits for a message with this member. */
  #message(member: "ready" | "done"): Promise<void> {
    return new Promise((resolve, reject) => {
      const onMessage = (message: Record<string, unknown>) => {
        if (message[member]) settle();
      };
      const onExit = (code: number | null) => {
        settle(this.#isKilled ? undefined : new Error(`Process ${this.name} ended with code ${code}.`));
      };
      const settle = (error?: Error) => {
        this.#process.off("message", onMessage).off("exit", onExit);
        if (error) reject(error);
        else resolve();
      };
      this.#process.on("message", onMessage).on("exit", onExit);
    });
  }

  /** Waits until it can call. */
  ready = () => this.#message("ready");

  /** Makes so many calls at once, and waits for them. */
  async burst(calls: number): Promise<void> {
    this.#process.send({ task: "burst", argument: calls });
    await this.#message("done");
  }

  /** Makes so many calls at a time, until it is stopped; then waits for the last ones. */
  async keepCalling(concurrency: number): Promise<void> {
    this.#process.send({ task: "keepCalling", argument: concurrency });
    await this.#message("done");
  }

  /** No further calls. */
  stop(): void {
    this.#process.send({ task: "stop" });
  }

  /** Ends it at once, as the system does when memory runs out. */
  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#isKilled = true;
    const exit = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await exit;
  }
}

/** Starts processes, uses them, and ends them whatever comes of it. */
export async function withWorkers<T>(
  count: number,
  settings: Settings,
  use: (workers: Worker[]) => Promise<T>,
): Promise<T> {
  const workers = Array.from({ length: count }, (_, index) => new Worker(String(index), settings));
  try {
    await Promise.all(workers.map((worker) => worker.ready()));
    return await use(workers);
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()));
  }
}

/** How many calls came to what. */
export function tally(workers: Worker[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of workers.flatMap(({ outcomes }) => outcomes)) {
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}
