//   node decode.mjs <rounds>
import { loadDecoder } from "#decoder";
import { compareAllDecoders } from "../decoding.ts";

process.send?.(await compareAllDecoders(await loadDecoder(), Number(process.argv[2])));
