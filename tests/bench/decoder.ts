// What the package does with the bytes of an answer, without the rest of a call: its core, loaded as the package loads it.
import { loadCore } from "../../pkg-template/src/core.ts";
import { decode } from "../../pkg-template/src/decode.ts";
import type { PhoneNumberPage } from "../../pkg-template/wasm/core.js";

/** The page in the bytes of an answer; undefined where a call would fail. */
export type Decode = (bytes: Uint8Array) => PhoneNumberPage | undefined;

export async function loadDecoder(): Promise<Decode> {
  const { core } = await loadCore();
  return (bytes) => {
    const { page, failure } = decode(core, bytes);
    return failure ? undefined : page;
  };
}
