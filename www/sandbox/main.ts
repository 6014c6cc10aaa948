import { parseArgs } from "node:util";
import { SANDBOX_KEYS, type Sandbox, startSandbox } from "./index.ts";
import { API_KEYS } from "./keys.ts";

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

function readPort(): number {
  try {
    const { values } = parseArgs({ options: { port: { type: "string", default: "4010" } } });
    const port = Number(values.port);
    if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  } catch {
    // An unknown option is answered with the usage, like a wrong port.
  }
  return fail("Usage: npm run sandbox -- --port 4010 (a port from 0 to 65535; 0 takes any free one).");
}

async function start(port: number): Promise<Sandbox> {
  try {
    return await startSandbox({ port });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const taken = "code" in error && error.code === "EADDRINUSE";
    return fail(
      taken
        ? `Port ${port} is taken. Choose another with --port.`
        : `The sandbox could not start: ${error.message}.`,
    );
  }
}

const sandbox = await start(readPort());

console.log(`InstaView sandbox: ${sandbox.url}\n\nKeys:`);
for (const [key, { description }] of API_KEYS) console.log(`  ${key.padEnd(42)} ${description}`);
console.log(`
Try:
  curl -H "Authorization: Bearer ${SANDBOX_KEYS.company}" "${sandbox.url}/phone-numbers?limit=3"

Ctrl-C stops it.`);

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void sandbox.close());
