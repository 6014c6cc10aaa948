// What the package does with the bytes of an answer, without the rest of a call: its core, loaded as the package loads it.
import { withCore } from "../../pkg-template/src/core.ts";
import type { PhoneNumberPage } from "../../pkg-template/wasm/core.js";

/** The page in the bytes of an answer; undefined where a call would fail. */
export type Decode = (bytes: Uint8Array) => PhoneNumberPage | undefined;

export const loadDecoder = (): Promise<Decode> =>
  withCore(async (core) => (core as unknown as { decode_page: Decode }).decode_page);
