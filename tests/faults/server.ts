import { type Sandbox, startSandbox } from "../../www/sandbox/index.ts";
import { type Addresses, START } from "./row.ts";
import { startSecureServer } from "./secure-server.ts";
import { rowNamed } from "./table.ts";

/** What a server saw of a request. */
export interface ReceivedRequest {
  url: string;
  /** By lower-case name. */
  headers: Record<string, string>;
}

/** The servers of one row at a time, as Node and the page reach them. Preflights don't count. */
export interface Servers {
  /** New servers for the row of this name: no connection of an earlier one is left. */
  prepare(row: string): Promise<Addresses>;
  /** Resolves once the n-th request has arrived. */
  arrived(count: number): Promise<void>;
  /** Whether the client leaves the n-th request before its answer is complete. */
  left(count: number): Promise<boolean>;
  requests(): Promise<{ received: ReceivedRequest[]; byOther: number }>;
}

/** Sandboxes whose clock stands still. */
export class SandboxServers implements Servers {
  #sandbox: Sandbox | undefined;
  #other: Sandbox | undefined;
  #secure: Awaited<ReturnType<typeof startSecureServer>> | undefined;

  async prepare(name: string): Promise<Addresses> {
    await this.#closeSandboxes();
    const [sandbox, other, closed] = await Promise.all([start(), start(), start()]);
    await closed.close();
    this.#sandbox = sandbox;
    this.#other = other;
    this.#secure ??= await startSecureServer(() => `${this.#sandbox?.url}/v1/phone-numbers`);
    const secureUrl = this.#secure.url;
    const addresses = { url: sandbox.url, otherUrl: other.url, closedUrl: closed.url, secureUrl };
    const { answers = [] } = rowNamed(name);
    sandbox.answerNext(...(typeof answers === "function" ? await answers(addresses) : answers));
    return addresses;
  }

  async arrived(count: number): Promise<void> {
    await this.#arrival(count);
  }

  async left(count: number): Promise<boolean> {
    const request = await this.#arrival(count);
    await request.closed;
    return request.aborted;
  }

  async requests() {
    const received = withoutPreflights(this.#sandbox).map(({ url, headers }) => ({ url, headers }));
    return { received, byOther: this.#other?.requests.length ?? 0 };
  }

  async close() {
    this.#secure?.close();
    await this.#closeSandboxes();
  }

  async #closeSandboxes() {
    await Promise.all([this.#sandbox?.close(), this.#other?.close()]);
    this.#sandbox = undefined;
    this.#other = undefined;
  }

  async #arrival(count: number) {
    const sandbox = this.#sandbox;
    if (!sandbox) throw new Error("No row is prepared");
    for (let seen = 1; ; seen += 1) {
      await sandbox.requestReceived(seen);
      const request = withoutPreflights(sandbox)[count - 1];
      if (request) return request;
    }
  }
}

const start = () => startSandbox({ rateLimit: { minute: 1_000_000, hour: 1_000_000 }, now: () => START });

const withoutPreflights = (sandbox: Sandbox | undefined) =>
  sandbox?.requests.filter(({ method }) => method !== "OPTIONS") ?? [];
