// The same in a browser, where Playwright calls it.
import { loadDecoder } from "#decoder";
import { compareAllDecoders } from "../decoding.ts";

Object.assign(globalThis, {
  compareAllDecoders: async (rounds: number) => compareAllDecoders(await loadDecoder(), rounds),
});
