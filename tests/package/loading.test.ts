import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { rejection, useSandbox } from "./sandbox.ts";

const server = useSandbox();

// Node's own fetch loads a WebAssembly of its own with the first request, which is none of those that are looked at here.
beforeAll(() => fetch(server.sandbox.url));
beforeEach(() => vi.resetModules());
afterEach(() => vi.restoreAllMocks());

it("importing the package does no work; the first calls load the core once", async () => {
  const instantiate = vi.spyOn(WebAssembly, "instantiate");
  const compile = vi.spyOn(WebAssembly, "compile");
  const { InstaViewClient, listPhoneNumbers } = await import("instaview-phone-numbers");
  const client = new InstaViewClient(server.options);
  expect([instantiate.mock.calls, compile.mock.calls]).toEqual([[], []]);

  await Promise.all([client.listPhoneNumbers(), client.listPhoneNumbers(), listPhoneNumbers(server.options)]);
  await client.listPhoneNumbers();
  expect(instantiate.mock.calls).toHaveLength(1);
});

it("a load that failed is tried again at the next call", async () => {
  const refused = new Error("Refused to compile");
  vi.spyOn(WebAssembly, "instantiate").mockRejectedValueOnce(refused);
  const { isInstaViewError, listPhoneNumbers } = await import("instaview-phone-numbers");
  const error = await rejection(listPhoneNumbers(server.options));
  expect(isInstaViewError(error)).toBe(true);
  expect(error).toMatchObject({ type: "internal", attempts: 0, cause: refused });
  expect((await listPhoneNumbers(server.options)).total).toBe(237);
});

it.each([
  {
    cause: new Error("out of memory"),
    message: "The WebAssembly core could not be loaded or failed: out of memory",
  },
  { cause: "out of memory", message: "The WebAssembly core could not be loaded or failed" },
])("a load that failed says why, where that is known: $message", async ({ cause, message }) => {
  vi.spyOn(WebAssembly, "instantiate").mockRejectedValueOnce(cause);
  const { listPhoneNumbers } = await import("instaview-phone-numbers");
  expect(await rejection(listPhoneNumbers(server.options))).toMatchObject({
    type: "internal",
    message,
    cause,
  });
});

it.each([
  // Chromium, Firefox and WebKit; the matrix hears it from themselves.
  "WebAssembly.instantiate(): violates the following Content Security policy directive because 'unsafe-eval' is not allowed",
  "call to WebAssembly.instantiate() blocked by CSP",
  "Refused to create a WebAssembly object because 'unsafe-eval' or 'wasm-unsafe-eval' is not an allowed source of script",
])("a page that forbids WebAssembly is told what to allow: %s", async (words) => {
  vi.spyOn(WebAssembly, "instantiate").mockRejectedValueOnce(new WebAssembly.CompileError(words));
  const { listPhoneNumbers } = await import("instaview-phone-numbers");
  const error = await rejection(listPhoneNumbers(server.options));
  expect(error).toMatchObject({ type: "configuration", attempts: 0 });
  expect((error as Error).message).toContain("add 'wasm-unsafe-eval' to its script-src");
});

it("a runtime that compiles no WebAssembly is told of the entry for it", async () => {
  const words = "WebAssembly.instantiate(): Wasm code generation disallowed by embedder";
  vi.spyOn(WebAssembly, "instantiate").mockRejectedValueOnce(new WebAssembly.CompileError(words));
  const { listPhoneNumbers } = await import("instaview-phone-numbers");
  const error = await rejection(listPhoneNumbers(server.options));
  const message = expect.stringMatching(/^This runtime runs only WebAssembly that is deployed .*`workerd`/);
  expect(error).toMatchObject({ type: "configuration", message });
});

describe("a platform that lacks what the core needs", () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each(["WebAssembly", "TextDecoder", "Response", "DecompressionStream"])(
    "is told so: %s",
    async (name) => {
      const { InstaViewClient, listAllPhoneNumbers, listPhoneNumbers } = await import(
        "instaview-phone-numbers"
      );
      const client = new InstaViewClient(server.options);
      vi.stubGlobal(name, undefined);
      const errors = await Promise.all([
        rejection(listPhoneNumbers(server.options)),
        rejection(client.listPhoneNumbers()),
        rejection(listAllPhoneNumbers(server.options).toArray()),
      ]);
      vi.unstubAllGlobals();
      for (const error of errors) {
        expect(error).toMatchObject({ name: "InstaViewError", type: "configuration", attempts: 0 });
        expect((error as Error).message).toContain(name);
      }
      // Not remembered: a polyfill may come later.
      expect((await listPhoneNumbers(server.options)).total).toBe(237);
    },
  );

  it("is told of everything that is missing", async () => {
    const { listPhoneNumbers } = await import("instaview-phone-numbers");
    vi.stubGlobal("WebAssembly", undefined);
    vi.stubGlobal("TextDecoder", undefined);
    const error = await rejection(listPhoneNumbers(server.options));
    const message = "This platform has no WebAssembly, no TextDecoder, which the package needs";
    expect(error).toMatchObject({ type: "configuration", message, attempts: 0 });
  });
});
