// A process of a service: it calls the API when it is told to, and tells what comes of it. Its IPC channel is its life: it ends
// with the tests, however they end.
import { InstaViewClient, InstaViewError } from "../../pkg/index.js";
import { redisRateLimitStore } from "../../pkg/redis.js";
import { newest } from "./clients.mjs";

process.once("disconnect", () => process.exit());
const send = (/** @type {unknown} */ message) => process.send?.(message);

const settings = JSON.parse(process.argv[2] ?? "");
const library = /** @type {keyof typeof newest} */ (settings.library);
const { client: redis } = await newest[library](settings.redis);
const client = new InstaViewClient({
  ...settings.client,
  rateLimitStore: redisRateLimitStore(redis, settings.store),
  onEvent(event) {
    if (event.type === "rateLimitStoreError") send({ storeError: event.message });
  },
});

async function call() {
  try {
    await client.listPhoneNumbers();
    send({ outcome: "page" });
  } catch (error) {
    // What is no InstaViewError is a defect, and shows as itself.
    const isKnown = error instanceof InstaViewError;
    send({ outcome: isKnown ? error.type : String(error), message: String(error) });
  }
}

let isStopped = false;

/** What the tests ask for. */
const tasks = {
  /** So many calls at once. @param {number} count */
  async burst(count) {
    await Promise.all(Array.from({ length: count }, call));
  },
  /** Calls, so many at a time, until it is told to stop. @param {number} concurrency */
  async keepCalling(concurrency) {
    await Promise.all(
      Array.from({ length: concurrency }, async () => {
        while (!isStopped) await call();
      }),
    );
  },
};

process.on("message", async (/** @type {any} */ { task, argument }) => {
  if (task === "stop") {
    isStopped = true;
    return;
  }
  await tasks[/** @type {keyof typeof tasks} */ (task)](argument);
  send({ done: true });
});
// Loads the core, which may take seconds where many processes do so at once: a page 0 is refused before anything is sent.
await client.listPhoneNumbers({ page: 0 }).catch(() => {});
send({ ready: true });
