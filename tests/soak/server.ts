import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerRequest, bearerToken } from "../../pkg-template/src/testing/api.ts";
import { ENVELOPES, inEnvelope, type Page } from "../../pkg-template/src/testing/envelopes.ts";
import {
  type RateLimitDecision,
  RateLimiter,
  rateLimitBody,
  rateLimitHeaders,
} from "../../pkg-template/src/testing/rate-limit.ts";
import { sandboxApi } from "../../www/sandbox/api.ts";
import { setCommonHeaders } from "../../www/sandbox/common-headers.ts";
import { type ScriptedAnswer, sendScriptedAnswer } from "../../www/sandbox/scripted-answers.ts";
import { CALL_HEADER, type SoakCall } from "./call.ts";
import { atTime, type Fault } from "./faults.ts";
import { Random } from "./random.ts";
import type { Tenant } from "./tenants.ts";
import { ATTEMPT_HEADER, type Attempt, type Wire } from "./wire.ts";
import type { World } from "./world.ts";

const FAULT_SHARE = { calm: 0.15, rough: 0.25, misled: 0.3, crowded: 0.3, shared: 0.3 };

/** A request of a call, with what is known of it. */
interface Request {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  call: SoakCall;
  attempt: Attempt | undefined;
  page: number;
  world: World;
}

/** A sandbox for all rounds, that does to each request what its call, page and attempt decide. */
export class SoakServer {
  /** Of the round that is under way. */
  world: World | undefined;
  readonly #wire: Wire;
  readonly #server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 });

  constructor(wire: Wire) {
    this.#wire = wire;
    this.#server.on("request", (incoming, outgoing) => this.#receive(incoming, outgoing));
  }

  async start() {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Ends every connection. */
  disconnect() {
    this.#server.closeAllConnections();
  }

  async close() {
    this.#server.close();
    this.disconnect();
    await once(this.#server, "close");
  }

  #receive(incoming: IncomingMessage, outgoing: ServerResponse) {
    const { world } = this;
    if (!world) {
      outgoing.destroy();
      return;
    }
    world.checker.requests += 1;
    const header = (name: string) => String(incoming.headers[name]);
    const call = world.calls.get(header(CALL_HEADER));
    const attempt = this.#wire.attempts.get(header(ATTEMPT_HEADER));
    setCommonHeaders(outgoing, serverTime(world, call));
    if (!call) {
      answerAsSandbox(incoming, outgoing, world);
      return;
    }
    const query = new URL(incoming.url ?? "/", this.url).searchParams;
    const page = Number(query.get("page") ?? 1);
    const request = { incoming, outgoing, call, attempt, page, world };
    checkArrival(request);
    if (call.script) answerByScript(request, call.script);
    else if (call.tenant) void answerTenant(request, call.tenant);
    else answerAsSandbox(incoming, outgoing, world);
  }
}

/** The rows of the fault table know of no clock but their own. */
function serverTime({ clock, skew }: World, call: SoakCall | undefined): number {
  return call?.script ? clock.now : clock.now + skew;
}

/** Each page has its attempts, and none comes earlier than the server said. */
function checkArrival({ call, page, world: { clock } }: Request) {
  call.requests += 1;
  const count = (call.arrivals.get(page) ?? 0) + 1;
  call.arrivals.set(page, count);
  const most = call.limits.maxRetries + 1;
  call.complainUnless(count <= most, `page ${page} was requested ${count} times, over ${most}`);
  const early = (call.notBefore.get(page) ?? 0) - clock.now;
  call.complainUnless(early <= 0, `page ${page} was requested ${early} ms earlier than Retry-After says`);
  call.reach("arrival");
}

function answerAsSandbox(incoming: IncomingMessage, outgoing: ServerResponse, { clock, skew }: World) {
  const api = sandboxApi({
    envelope: () => "flat",
    behaviour: () => ({}),
    rateLimiter: new RateLimiter({ minute: 1_000, hour: 1_000 }),
    now: () => clock.now + skew,
  });
  const { method = "GET", url = "/", headers } = incoming;
  const { status, body } = answerRequest(api, { method, url, authorization: headers.authorization });
  sendScriptedAnswer({ status, body }, outgoing);
}

function answerByScript(request: Request, script: ScriptedAnswer[]) {
  const answer = script.shift();
  if (answer) sendFault(request, answer, {});
  else answerAsSandbox(request.incoming, request.outgoing, request.world);
}

/** Answers, or does not, as chance has it; but always the same for the same call, page and attempt. */
async function answerTenant(request: Request, tenant: Tenant) {
  const { call, attempt, page, world } = request;
  const { clock, checker, skew, seed } = world;
  const random = new Random(seed, call.name, page, call.arrivals.get(page) ?? 0);
  const fault = chooseFault(random, tenant, world.faults);
  // A gateway's own answer is not counted, and says nothing of the limits.
  const isGateway = fault?.answer !== undefined && tenant.character !== "calm" && random.chance(0.2);
  let headers: Record<string, string> = {};
  if (!isGateway) {
    const { decision, isOver } = tenant.count(clock.now + skew);
    const isRefused = decision.exceeded !== undefined;
    checker.check(call.name, isRefused === isOver, "the server counts otherwise than by hand");
    if (isOver && attempt?.hadReport) tenant.refused.push(call.name);
    headers = rateLimitHeaders(decision);
    if (decision.exceeded) {
      refuse(request, decision.exceeded, headers);
      return;
    }
  }
  if (fault) {
    checker.countFault(fault.name);
    call.faults.add(fault);
    if (fault.latency !== undefined && !(await delay(request, fault.latency))) return;
    if (fault.answer) {
      if (fault.page) send(call, page, fault.page, true);
      sendFault(request, fault.answer, headers);
      return;
    }
  }
  answerListing(request, tenant, headers, random.pick(ENVELOPES), fault);
}

function chooseFault(random: Random, { character }: Tenant, faults: readonly Fault[]): Fault | undefined {
  if (!random.chance(FAULT_SHARE[character])) return undefined;
  for (;;) {
    const fault = random.pick(faults);
    if (fault.isHeavy && !random.chance(0.05)) continue;
    if (fault.losesHead && character === "calm") continue;
    if (fault.misleads && (character === "calm" || character === "rough")) continue;
    return fault;
  }
}

function refuse(request: Request, exceeded: RateLimitDecision["minute"], headers: Record<string, string>) {
  const { call, page, world } = request;
  const { clock, checker, skew } = world;
  checker.countFault("429: the limit is really reached");
  const body = rateLimitBody(exceeded, clock.now + skew);
  call.notBefore.set(page, clock.now + body.retryAfter * 1000);
  const all = { ...headers, "Retry-After": String(body.retryAfter) };
  sendScriptedAnswer({ status: 429, headers: all, body }, request.outgoing);
}

/** Waits, unless the client leaves before. */
async function delay(
  { outgoing, attempt, world: { clock } }: Request,
  milliseconds: number,
): Promise<boolean> {
  if (attempt) clock.release(attempt.timeout);
  const hasPassed = await new Promise<boolean>((resolve) => {
    const cancel = clock.after(milliseconds, () => resolve(true));
    outgoing.once("close", () => {
      cancel();
      resolve(false);
    });
  });
  if (attempt) clock.hold(attempt.timeout);
  return hasPassed;
}

function sendFault(request: Request, answer: ScriptedAnswer, headers: Record<string, string>) {
  const { outgoing, call, attempt, page, world } = request;
  const moved = atTime(answer, serverTime(world, call));
  const seconds = moved.headers?.["Retry-After"];
  if (typeof seconds === "string" && /^\d{1,9}$/.test(seconds)) {
    call.notBefore.set(page, world.clock.now + Number(seconds) * 1000);
  }
  const type = answer.fault?.type;
  if (attempt && type === "stall-in-body") attempt.stallsInBody = true;
  if (attempt && type === "stall-before-headers") world.clock.release(attempt.timeout);
  sendScriptedAnswer({ ...moved, headers: { ...headers, ...moved.headers } }, outgoing);
}

/** Notes what is sent. */
function send(call: SoakCall, number: number, page: Page, isMisleading: boolean) {
  call.sent.set(number, page);
  if (isMisleading) call.isMisled = true;
}

function answerListing(
  { incoming, outgoing, call, page, world }: Request,
  tenant: Tenant,
  headers: Record<string, string>,
  envelope: (typeof ENVELOPES)[number],
  fault: Fault | undefined,
) {
  const now = world.clock.now + world.skew;
  const { method = "GET", url = "/" } = incoming;
  const answer = answerRequest(
    {
      now: () => now,
      envelope: () => "flat",
      authenticate: () => tenant,
      countRequest: () => undefined,
      checkRoute: () => {},
      phoneNumbers: ({ phoneNumbers }) => phoneNumbers,
    },
    { method, url, authorization: incoming.headers.authorization },
  );
  const isOwn = bearerToken(incoming.headers.authorization) === tenant.key;
  call.complainUnless(isOwn && answer.status === 200, `the request is wrong: ${url}`);
  const own = answer.body as Page;
  const sent = fault?.alter?.(own) ?? own;
  send(call, page, sent, sent !== own);
  sendScriptedAnswer({ headers, body: inEnvelope(envelope, sent, now) }, outgoing);
}
