// The comparison of decoders, as it runs in Node and in a browser.
import { type Contender, compare, type Measurement } from "./compare.ts";
import type { Decode } from "./decoder.ts";
import { encode, type WirePage, wirePage } from "./payload.ts";
import { checkWithAjv } from "./schemas/ajv.ts";
import { checkWithValibot } from "./schemas/valibot.ts";
import { checkWithZod } from "./schemas/zod.ts";

const DOCUMENTS = {
  "100 numbers, ASCII": { total: 5_000 },
  "100 numbers, no location ASCII": { total: 5_000, nonAscii: true },
  "1 number": { total: 1 },
};

/** What a document is, in words. */
export type DocumentName = keyof typeof DOCUMENTS;

type Decoder = (bytes: Uint8Array) => unknown;

/** All decoders, the baseline first. */
function decoders(decode: Decode): Record<string, Decoder> {
  const text = new TextDecoder();
  const parse = (bytes: Uint8Array) => JSON.parse(text.decode(bytes));
  return {
    "TextDecoder + JSON.parse, unchecked": parse,
    "instaview-phone-numbers": (bytes) => {
      const page = decode(bytes);
      if (!page) throw new Error("Not a page");
      return page;
    },
    "the same + ajv": (bytes) => checkWithAjv(parse(bytes)),
    "the same + zod": (bytes) => checkWithZod(parse(bytes)),
    "the same + valibot": (bytes) => checkWithValibot(parse(bytes)),
  };
}

/** Compares the decoders over each document: microseconds for one. */
export async function compareAllDecoders(
  decode: Decode,
  rounds: number,
): Promise<Record<DocumentName, Measurement[]>> {
  const all = Object.entries(decoders(decode));
  checkStrictness(all.slice(1));
  const results: [string, Measurement[]][] = [];
  for (const [name, options] of Object.entries(DOCUMENTS)) {
    // Several pages in turn, as a listing has them.
    const pages = Array.from({ length: Math.min(8, options.total) }, (_, index) =>
      encode(wirePage({ ...options, page: options.total > 1 ? index + 1 : 1 })),
    );
    const contenders = all.map(([name, decoder]) => contender(name, decoder, pages));
    results.push([name, await compare(contenders, rounds, 3)]);
  }
  return Object.fromEntries(results) as Record<DocumentName, Measurement[]>;
}

/** Long enough for a clock that a browser rounds to a tenth of a millisecond: that is one percent of it. */
const SAMPLE_MILLISECONDS = 10;

function contender(name: string, decoder: Decoder, pages: Uint8Array[]): Contender {
  const time = (count: number) => {
    const start = performance.now();
    for (let index = 0; index < count; index += 1) decoder(pages[index % pages.length] as Uint8Array);
    return performance.now() - start;
  };
  // Compiled first: what is slow only at the beginning would get shorter samples than the others.
  time(2_000);
  let count = 16;
  while (time(count) < SAMPLE_MILLISECONDS) count *= 2;
  return { name, sample: () => (time(count) * 1000) / count };
}

/** What is compared must do the same: read the same page, and refuse what is none. */
function checkStrictness(checked: [string, Decoder][]): void {
  const valid = encode(wirePage({ total: 3, nonAscii: true }));
  const expected = JSON.stringify(wirePage({ total: 3, nonAscii: true }).data);
  for (const [name, decoder] of checked) {
    const { data } = decoder(valid) as WirePage;
    if (JSON.stringify(data) !== expected) throw new Error(`${name} reads another page`);
    for (const page of brokenPages()) {
      if (accepts(decoder, page)) throw new Error(`${name} accepts ${JSON.stringify(page)}`);
    }
  }
}

function accepts(decoder: Decoder, page: WirePage): boolean {
  try {
    decoder(encode(page));
    return true;
  } catch {
    return false;
  }
}

/** Each breaks one rule of the documentation. */
function brokenPages(): WirePage[] {
  const valid = wirePage({ total: 3 });
  const withNumber = (changes: object) => ({
    ...valid,
    data: valid.data.map((number, index) => (index === 1 ? { ...number, ...changes } : number)),
  });
  const required = Object.keys(valid.data[0] ?? {}).filter((name) => name !== "location");
  const counts = ["total", "page", "limit", "totalPages"];
  return [
    ...required.flatMap((name) => [withNumber({ [name]: undefined }), withNumber({ [name]: null })]),
    ...required.map((name) => withNumber({ [name]: 1 })),
    withNumber({ location: 1 }),
    ...counts.flatMap((name) =>
      [undefined, null, "1", -1, 1.5, 2 ** 53].map((count) => ({ ...valid, [name]: count })),
    ),
    { ...valid, data: {} as never },
  ] as WirePage[];
}
