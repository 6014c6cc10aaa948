import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, it } from "vitest";

const pkg = join(import.meta.dirname, "../../pkg");

/** Bytes of a browser bundle with this import, minified and gzipped. */
async function bundledSize(statement: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: statement, resolveDir: import.meta.dirname },
    alias: {
      "instaview-phone-numbers/testing": join(pkg, "testing.js"),
      "instaview-phone-numbers/redis": join(pkg, "redis.js"),
      "instaview-phone-numbers": join(pkg, "index.js"),
    },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
}

// A little more than it is today, so that it does not grow unnoticed. The target is 41,000.
const budget = 50_600;

it("the package stays within its size budget", async () => {
  const size = await bundledSize(
    'import { listPhoneNumbers } from "instaview-phone-numbers"; listPhoneNumbers();',
  );
  console.log(`import { listPhoneNumbers }: ${size} bytes, minified and gzipped`);
  expect(size).toBeLessThan(budget);
});

it("what needs no core is bundled without it", async () => {
  const imports = 'import { isInstaViewError, supportsCapability } from "instaview-phone-numbers";';
  expect(await bundledSize(`${imports} console.log(isInstaViewError, supportsCapability)`)).toBeLessThan(
    5_000,
  );
});

it.each([
  ["redis", "redisRateLimitStore", 3_700],
  ["testing", "createFakeInstaView", 4_500],
])("the subpath %s is small", async (subpath, name, most) => {
  const size = await bundledSize(
    `import { ${name} } from "instaview-phone-numbers/${subpath}"; console.log(${name})`,
  );
  console.log(`import { ${name} }: ${size} bytes, minified and gzipped`);
  expect(size).toBeLessThan(most);
});
