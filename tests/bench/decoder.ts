// What the package does with the bytes of a body, without the rest of a call: its core, loaded as the package loads it.
import { call } from "../../pkg-template/src/core.ts";
import type { PhoneNumberPage } from "../../pkg-template/wasm/core.js";

/** The page in the bytes of a body; undefined where a call would fail. */
export type Decode = (bytes: Uint8Array) => PhoneNumberPage | undefined;

export async function loadDecoder(): Promise<Decode> {
  // Built with the feature `bench`, the core exports this step.
  const core: unknown = await call((core) => Promise.resolve(core), []);
  return (core as { decodePage: Decode }).decodePage;
}
