import { text } from "node:stream/consumers";
import type { Connect } from "vite";
import { BEHAVIOURS, type BehaviourName, ENVELOPES, type Envelope, type Sandbox } from "../sandbox/index.ts";
import type { SandboxSettings, SandboxSwitches } from "../src/sandbox/switches.ts";

/** `GET` says how the sandbox can answer and how it does; `PUT` changes that. */
export function sandboxSwitches(sandbox: Sandbox): Connect.NextHandleFunction {
  let last = { name: "normal" as BehaviourName, behaviour: sandbox.behaviour };
  // The sandbox may have been reset since the last switch.
  const behaviour = () => (sandbox.behaviour === last.behaviour ? last.name : "normal");

  const switches = (): SandboxSwitches => ({
    envelopes: [...ENVELOPES],
    behaviours: Object.entries(BEHAVIOURS).map(([name, { label, group }]) => ({ name, label, group })),
    settings: { envelope: sandbox.envelope, behaviour: behaviour() },
  });

  return async (request, response) => {
    if (request.method === "PUT") {
      const settings = readSettings(await text(request));
      // What another site's page may send without being asked is no JSON.
      if (!settings || request.headers["content-type"] !== "application/json") {
        response.writeHead(400).end();
        return;
      }
      sandbox.envelope = settings.envelope;
      last = { name: settings.behaviour, behaviour: BEHAVIOURS[settings.behaviour].create() };
      sandbox.behaviour = last.behaviour;
    }
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(switches()));
  };
}

function readSettings(json: string): { envelope: Envelope; behaviour: BehaviourName } | undefined {
  try {
    const { envelope, behaviour } = JSON.parse(json) as SandboxSettings;
    const known = ENVELOPES.find((name) => name === envelope);
    if (!known || !Object.hasOwn(BEHAVIOURS, behaviour)) return undefined;
    return { envelope: known, behaviour: behaviour as BehaviourName };
  } catch {
    return undefined;
  }
}
