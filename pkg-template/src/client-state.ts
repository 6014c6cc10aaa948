import type { RateLimit } from "../wasm/core.js";
import type { CoreInstance } from "./core.ts";

/** What the calls of one client share: its options, and what the core knows of its rate limit. */
export class ClientState {
  readonly options: unknown;
  #core: CoreInstance | undefined;
  #handle: InstanceType<CoreInstance["Client"]> | undefined;

  constructor(options?: unknown) {
    this.options = options;
  }

  /** The core's side of the client, which does not outlive its instance of the core. */
  handle(core: CoreInstance) {
    if (!this.#handle || this.#core !== core) {
      this.#core = core;
      this.#handle = new core.Client();
    }
    return this.#handle;
  }

  get rateLimit(): RateLimit | undefined {
    return this.#handle?.rate_limit();
  }
}
