import { Failed, invalidResponse } from "./failed.ts";
import type { Interrupt } from "./interrupt.ts";
import { messageOf } from "./words.ts";

/** At most 8 MiB, however small the body was when it was compressed. A page of 100 numbers has about 32 kB. */
const MOST_BYTES = 8 * 1024 * 1024;

/** All bytes of a body. */
export async function readBody(body: unknown, interrupt: Interrupt): Promise<Uint8Array> {
  if (typeof body !== "object" || body === null) return new Uint8Array();
  let reader: ReadableStreamDefaultReader<unknown> | undefined;
  try {
    reader = readerOf(body);
    return await interrupt.race(() => readAll(reader as NonNullable<typeof reader>, interrupt), brokenOff);
  } catch (error) {
    ignore(() => reader?.cancel());
    throw error;
  }
}

function readerOf(body: object): ReadableStreamDefaultReader<unknown> {
  try {
    return (body as ReadableStream<unknown>).getReader();
  } catch (thrown) {
    throw invalidResponse(`its body cannot be read: ${messageOf(thrown)}`);
  }
}

async function readAll(
  reader: ReadableStreamDefaultReader<unknown>,
  interrupt: Interrupt,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    // It goes on reading when nobody waits for it any more.
    interrupt.check();
    if (done) break;
    if (!isBytes(value)) throw invalidResponse("its body is not one of bytes");
    // As long as it is now: that of a resizable buffer may grow.
    const chunk = new Uint8Array(value.buffer, value.byteOffset, value.length);
    length += chunk.length;
    if (length > MOST_BYTES) throw invalidResponse("it has more than 8 MiB");
    chunks.push(chunk);
  }
  const [first] = chunks;
  if (first && chunks.length === 1) return first;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function isBytes(chunk: unknown): chunk is Uint8Array {
  return ArrayBuffer.isView(chunk) && (chunk as Uint8Array).BYTES_PER_ELEMENT === 1;
}

function brokenOff(thrown: unknown): Failed {
  if (thrown instanceof Failed) return thrown;
  return new Failed("connection", `The answer broke off: ${messageOf(thrown)}`, { cause: thrown });
}

/** Leaves a body unread, and its connection free for others. */
export function discardBody(body: unknown): void {
  ignore(() => (body as ReadableStream | null)?.cancel());
}

/** Does what may fail, now or later, without anybody's interest. */
function ignore(act: () => unknown): void {
  new Promise((resolve) => resolve(act())).catch(() => {});
}
