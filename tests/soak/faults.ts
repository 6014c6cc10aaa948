// What goes wrong in the soak: every answer of the fault table and of the sandbox's behaviours, and what only listings show.
import { gunzipSync } from "node:zlib";
import type { InstaViewErrorType } from "instaview-phone-numbers";
import type { Page } from "../../pkg-template/src/testing/envelopes.ts";
import { BEHAVIOURS, type Behaviour } from "../../www/sandbox/behaviours.ts";
import type { ScriptedAnswer } from "../../www/sandbox/scripted-answers.ts";
import { PAGE, type Row, START } from "../faults/row.ts";
import { table } from "../faults/table.ts";

/** Something that happens to a request. */
export interface Fault {
  name: string;
  /** What a call may reject with for it. Nothing where a page comes all the same. */
  types: readonly InstaViewErrorType[];
  /** Whether the response's head may not arrive. */
  losesHead: boolean;
  /** Whether it says of the rate limit, or of the time, what may be false. */
  misleads: boolean;
  /** Megabytes on their way: chosen rarely. */
  isHeavy: boolean;
  /** What is answered in place of the request's own answer. */
  answer?: ScriptedAnswer;
  /** The page that the answer holds. */
  page?: Page;
  /** What becomes of the request's own page. */
  alter?(page: Page): Page;
  /** Virtual milliseconds before the answer. */
  latency?: number;
}

/** A row of the fault table, with what the server answers. */
export interface ScriptedRow {
  row: Row;
  answers: readonly ScriptedAnswer[];
}

const MIB = 1024 * 1024;
/** Bytes of a body that is sent rarely. */
const LONG = 10_000;

const ofStatus: Record<number, InstaViewErrorType> = {
  400: "bad_request",
  401: "authentication",
  403: "permission",
  404: "not_found",
  422: "bad_request",
  429: "rate_limit",
};

function typeOf(status: number): InstaViewErrorType {
  return ofStatus[status] ?? (status >= 500 ? "server" : "http");
}

/** What a call may come to with this answer, by how it is sent and by its status. */
function typesOf({ status = 200, fault, headers = {} }: ScriptedAnswer): InstaViewErrorType[] {
  const isSuccess = status >= 200 && status < 300;
  switch (fault?.type) {
    case "reset-before-headers":
      return ["connection"];
    case "stall-before-headers":
      return ["timeout"];
    case "stall-in-body":
      return isSuccess ? ["timeout"] : [typeOf(status), "timeout"];
    case "reset-in-body":
    case "truncate-body":
      return isSuccess ? ["connection"] : [typeOf(status), "connection"];
  }
  if (!isSuccess) return [typeOf(status)];
  // `success: false` may tell of any status; a body that is not encoded as it says breaks off.
  const ofSuccess: InstaViewErrorType[] = ["invalid_response", "http", "rate_limit", "server"];
  return "Content-Encoding" in headers ? [...ofSuccess, "connection"] : ofSuccess;
}

/** The empty page that an answer holds, where it is one. */
function emptyPage({ status = 200, body, headers = {}, fault }: ScriptedAnswer): Page | undefined {
  if (status !== 200 || fault || body === undefined) return undefined;
  try {
    const isPacked = headers["Content-Encoding"] === "gzip";
    const unpacked = isPacked ? gunzipSync(body as Uint8Array, { maxOutputLength: 8 * MIB }) : body;
    const isBytes = unpacked instanceof Uint8Array;
    const text = isBytes ? new TextDecoder().decode(unpacked) : JSON.stringify(unpacked);
    const isPage = text.length <= 8 * MIB && text.trim() === JSON.stringify(PAGE.body);
    return isPage ? (PAGE.body as Page) : undefined;
  } catch {
    return undefined;
  }
}

function faultOf(name: string, answer: ScriptedAnswer): Fault {
  const page = emptyPage(answer);
  const headers = Object.keys(answer.headers ?? {});
  return {
    name,
    answer,
    types: page ? [] : typesOf(answer),
    // A reset may overtake the head that was sent before it.
    losesHead: answer.fault !== undefined && /^reset|before-headers$/.test(answer.fault.type),
    misleads: headers.some((name) => name === "Date" || name.startsWith("X-RateLimit")),
    isHeavy: bytesOf(answer) > LONG || "Content-Encoding" in (answer.headers ?? {}),
    ...(page && { page }),
  };
}

function bytesOf({ body }: ScriptedAnswer): number {
  return typeof body === "string" || body instanceof Uint8Array ? body.length : 0;
}

/** Addresses that a redirect may name: nobody follows it. */
const nowhere = "http://127.0.0.1:1";
const addresses = { url: nowhere, otherUrl: nowhere, closedUrl: nowhere, secureUrl: nowhere };

/** What the server answers in a row of the fault table. */
export async function answersOf({ answers = [] }: Row): Promise<ScriptedAnswer[]> {
  const prescribed = typeof answers === "function" ? await answers(addresses) : answers;
  // Bytes, so that the heap does not grow when a long text is first sent.
  return prescribed.map((answer) =>
    typeof answer.body === "string" && bytesOf(answer) > LONG
      ? { ...answer, body: new TextEncoder().encode(answer.body) }
      : answer,
  );
}

/**
 * The rows of the fault table that a user can run as they are: without the moments, timers and addresses that belong to the table's own
 * harness, and without headers or errors in the log that would hide the call's name or another call's error.
 */
export async function scriptedRows(): Promise<ScriptedRow[]> {
  const rows = table
    .flatMap(({ rows }) => rows)
    .filter(({ options = {}, answers, call, during, gets }) => {
      const needsHarness = call || during || typeof options === "function" || "timeout" in options;
      return !needsHarness && !gets.reported && !(answers && "headers" in options);
    });
  return await Promise.all(rows.map(async (row) => ({ row, answers: await answersOf(row) })));
}

/** What only shows where pages are put together. */
const inListings: Fault[] = [
  altered("a total too many", (page) => ({ ...page, total: page.total + 1 })),
  altered("a page that does not come", (page) => ({ ...page, totalPages: page.totalPages + 1 })),
  altered("another page", (page) => ({ ...page, page: page.page + 1 })),
  altered("another page size", (page) => ({ ...page, limit: Math.max(1, page.limit - 1) })),
  altered("a page with nothing in it", (page) => ({ ...page, data: [] })),
  altered("a number that comes twice", (page) => ({
    ...page,
    data: [...page.data, ...page.data.slice(0, 1)],
  })),
];

function altered(name: string, alter: (page: Page) => Page): Fault {
  return { name, types: [], losesHead: false, misleads: false, isHeavy: false, alter };
}

const latencies = [10, 400, 2_000, 20_000, 70_000].map(
  (latency): Fault => ({
    name: `${latency} ms of latency`,
    types: ["timeout"],
    losesHead: true,
    misleads: false,
    isHeavy: false,
    latency,
  }),
);

/** Every fault once. */
export async function allFaults(): Promise<Fault[]> {
  const faults = new Map<string, Fault>();
  const add = (name: string, answer: ScriptedAnswer) => {
    const size = bytesOf(answer);
    const key = size > LONG ? `${size}` : JSON.stringify(answer);
    if (key !== JSON.stringify(PAGE) && !faults.has(key)) faults.set(key, faultOf(name, answer));
  };
  for (const { rows } of table) {
    for (const row of rows) for (const answer of await answersOf(row)) add(row.name, answer);
  }
  for (const [name, { label, create }] of Object.entries(BEHAVIOURS)) {
    const answer = (create() as Behaviour).answer?.();
    if (answer) add(`the sandbox, ${name}: ${label}`, answer);
  }
  return [...faults.values(), ...inListings, ...latencies];
}

/** The answer's headers with dates as far from `now` as those of the table are from its start. */
export function atTime(answer: ScriptedAnswer, now: number): ScriptedAnswer {
  const { headers } = answer;
  if (!headers) return answer;
  const later = now - START;
  const moved = Object.entries(headers).map(([name, value]) => [name, moveHeader(name, value, later)]);
  return { ...answer, headers: Object.fromEntries(moved) };
}

function moveHeader(name: string, value: string | string[], later: number): string | string[] {
  if (Array.isArray(value)) return value;
  if (/^X-RateLimit-Reset/.test(name)) return moveReset(value, later);
  return name === "Date" || name === "Retry-After" ? moveDate(value, later) : value;
}

function moveReset(value: string, later: number): string {
  const reset = Number(value);
  return Math.abs(reset - START / 1000) < 1e6 ? String(reset + Math.floor(later / 1000)) : value;
}

/** In each of the three forms that HTTP has for a date. */
function moveDate(value: string, later: number): string {
  const isAsctime = /^[A-Z][a-z]{2} [A-Z]/.test(value);
  const isRfc850 = /^[A-Z][a-z]+day, /.test(value);
  if (!isAsctime && !isRfc850 && !/^[A-Z][a-z]{2}, \d/.test(value)) return value;
  const date = new Date(Date.parse(isAsctime ? `${value} GMT` : value) + later);
  const imf = date.toUTCString();
  const [, day, month, year = "", time] = imf.split(" ");
  if (isAsctime) return `${imf.slice(0, 3)} ${month} ${day?.replace(/^0/, " ")} ${time} ${year}`;
  if (!isRfc850) return imf;
  const weekday = date.toLocaleDateString("en", { weekday: "long", timeZone: "UTC" });
  return `${weekday}, ${day}-${month}-${year.slice(2)} ${time} GMT`;
}
