// Prism, as a server that knows openapi.json alone: it refuses what the document does not allow, and makes its answers up.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { documentPath, toolPath } from "./paths.ts";

export interface Prism {
  url: string;
  close(): Promise<void>;
}

export async function startPrism(): Promise<Prism> {
  const options = ["--dynamic", "--errors", "--host", "127.0.0.1", "--port", "0"];
  const program = [toolPath("@stoplight/prism-cli/dist/index.js"), "mock", ...options, documentPath];
  const server = spawn(process.execPath, program, { stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(server, "close");
  const close = async () => {
    server.kill();
    await closed;
  };
  // Read to the end, because it prints each request, and a full pipe would stop it.
  const lines = createInterface(server.stdout);
  return await new Promise((resolve, reject) => {
    lines.on("line", (line) => {
      const [, url] = /Prism is listening on (http:\S+)/.exec(line) ?? [];
      if (url) resolve({ url, close });
    });
    lines.once("close", () => reject(new Error("Prism ended before it listened.")));
  });
}
