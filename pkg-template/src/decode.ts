import type { Failure, PhoneNumberPage } from "../wasm/core.js";
import type { CoreInstance } from "./core.ts";
import { invalidResponse } from "./failed.ts";
import { buildPage } from "./page.ts";

/** An answer, read as far as it could be. */
export interface Decoded {
  text: string;
  page?: PhoneNumberPage;
  /** What is wrong with it; nothing where nothing is. With a page, phone numbers that break the contract. */
  failure?: Failure;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Reads an answer that tells of success. */
export function decode(core: CoreInstance, bytes: Uint8Array): Decoded {
  if (bytes.length === 0) throw invalidResponse("it is empty");
  const text = textOf(bytes);
  if (text === undefined) throw invalidResponse("it is not valid UTF-8");
  const decoded: Decoded = { text };
  const failure = core.decode(bytes, {
    number: (start, end) => Number(text.slice(start, end)),
    build(...page) {
      decoded.page = buildPage(text, ...page);
    },
  });
  if (failure !== undefined) decoded.failure = JSON.parse(failure);
  return decoded;
}

/** The text of an answer, without a byte order mark; undefined where it is not UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
