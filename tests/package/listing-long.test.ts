import { execFile } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { beforeEach, expect, it } from "vitest";
import { phoneNumber, useModelServer } from "./model-server.ts";

const model = useModelServer();
const run = promisify(execFile);
const pkg = pathToFileURL(join(import.meta.dirname, "../../pkg/index.js")).href;

/** One page more than the API gives. */
beforeEach(() => {
  model.answer = (page, honest) => {
    const data = Array.from({ length: honest.limit }, (_, index) => phoneNumber(page * honest.limit + index));
    return { ...honest, data, total: 10_001 * honest.limit, totalPages: 10_001 };
  };
});

/** Streams the pages, and prints the sizes of the heap and of what is apart from it after every thousandth, in MB, garbage
 * collected; and how it ends. */
const script = `
  import { listAllPhoneNumbers } from ${JSON.stringify(pkg)};
  const [baseUrl] = process.argv.slice(-1);
  const sizes = [];
  const memory = () => {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return [heapUsed, arrayBuffers].map((bytes) => bytes / 2 ** 20);
  };
  try {
    for await (const { page } of listAllPhoneNumbers({ baseUrl, limit: 10, concurrency: 4 }).pages()) {
      if (page % 1000 !== 0) continue;
      gc();
      // The second one ends the sweeping of the first, which goes on meanwhile.
      gc();
      sizes.push(memory());
    }
  } catch (error) {
    console.log(JSON.stringify({ sizes, error }));
  }
`;

it("10,000 pages are streamed with a flat heap, and then it is said that there are more", async () => {
  const args = ["--expose-gc", "--input-type=module", "--eval", script, model.url];
  const { sizes, error } = JSON.parse((await run(process.execPath, args)).stdout);
  expect(error).toMatchObject({
    type: "invalid_argument",
    message: "The listing has 10001 pages, of which the API gives 10000: list it with a larger `limit`",
    issues: [{ path: "page", expected: "an integer from 1 to 10000", received: "10001" }],
  });
  expect(Math.max(...model.asked)).toBe(10_000);

  expect(sizes).toHaveLength(10);
  const [heap, apart] = [0, 1].map((which) => sizes.map((size: number[]) => size[which]));
  const inWords = (sizes: number[]) => sizes.map((size) => size.toFixed(1)).join(" ");
  console.log(`After each thousand pages, the heap in MB: ${inWords(heap)}; buffers: ${inWords(apart)}`);
  // What is compiled meanwhile counts at first.
  expect(heap[9] - heap[2]).toBeLessThan(1);
  // The ids that were given, of 100,000 numbers.
  expect(apart[9] - apart[0]).toBeLessThan(6);
}, 180_000);
