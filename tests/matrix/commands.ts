import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { toolEnvironment } from "../../pkg-template/build/tools.mjs";

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/** What the fixtures' programs get besides: quiet tools that do not call home. */
const quiet = {
  CI: "1",
  NO_COLOR: "1",
  DENO_NO_UPDATE_CHECK: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  WRANGLER_SEND_METRICS: "false",
};

function start([program, ...args]: Command, cwd: string, environment: NodeJS.ProcessEnv) {
  // A group of its own, so that the processes which it starts end with it.
  const child = spawn(program, args, {
    cwd,
    env: { ...toolEnvironment, NODE_ENV: undefined, ...quiet, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => output.push(stripVTControlCharacters(line)));
  }
  return { child, output };
}

function end(child: ChildProcess) {
  try {
    if (child.pid) process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

const failure = (command: Command, output: string[]) =>
  new Error(`\`${command.join(" ")}\` failed:\n${output.slice(-25).join("\n")}`);

/** Runs a command to its end. */
export async function complete(
  command: Command,
  cwd: string,
  environment: NodeJS.ProcessEnv,
  seconds: number,
) {
  const { child, output } = start(command, cwd, environment);
  const timer = setTimeout(() => {
    output.push(`It was stopped after ${seconds} seconds.`);
    end(child);
  }, seconds * 1000);
  const [code] = await once(child, "close").finally(() => clearTimeout(timer));
  if (code !== 0) throw failure(command, output);
}

/** Starts a server, which prints its address. */
export async function serve(command: Command, cwd: string, environment: NodeJS.ProcessEnv) {
  const { child, output } = start(command, cwd, environment);
  const url = await new Promise<string>((resolve, reject) => {
    child.on("close", () => reject(failure(command, output)));
    child.on("error", reject);
    createInterface({ input: child.stdout }).on("line", (line) => {
      const address = /http:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(stripVTControlCharacters(line));
      if (address) resolve(address[0].replace("localhost", "127.0.0.1"));
    });
  });
  return { url, close: () => end(child) };
}
