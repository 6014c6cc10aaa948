import { createRequire } from "node:module";
import { InstaViewError, isInstaViewError, listPhoneNumbers } from "instaview-phone-numbers";
import { describe, expect, it, vi } from "vitest";
import { rejection, useSandbox } from "./sandbox.ts";

const server = useSandbox();
const otherCopy: typeof import("instaview-phone-numbers") = createRequire(import.meta.url)(
  "../../pkg/index.cjs",
);

async function someUserFunction(list: typeof listPhoneNumbers) {
  return await list({ ...server.options, apiKey: "sk_test_unknown" });
}

it("is known by a symbol, of which no version of the package may have another", async () => {
  vi.resetModules();
  const { isInstaViewError } = await import("instaview-phone-numbers");
  expect(isInstaViewError({ [Symbol.for("instaview-phone-numbers.InstaViewError")]: true })).toBe(true);
});

describe("an InstaViewError", () => {
  it("is an Error whose stack leads to the caller", async () => {
    const error = await rejection(someUserFunction(listPhoneNumbers));
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(InstaViewError);
    expect((error as Error).stack).toMatch(/^InstaViewError: InstaView answered 401/);
    expect((error as Error).stack).toContain("someUserFunction");
  });

  it("goes into a log as it is", async () => {
    const error = (await rejection(someUserFunction(listPhoneNumbers))) as InstaViewError;
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: "InstaViewError",
      message: error.message,
      type: "authentication",
      status: 401,
      code: "INVALID_API_KEY",
      messages: error.messages,
      issues: [],
      requestId: error.requestId,
      attempts: 1,
      ...(error.details === undefined ? {} : { details: error.details }),
    });
  });

  it("is recognised across copies of the package", async () => {
    const error = await rejection(someUserFunction(otherCopy.listPhoneNumbers));
    expect(error).not.toBeInstanceOf(InstaViewError);
    expect(isInstaViewError(error)).toBe(true);
    expect(otherCopy.isInstaViewError(new InstaViewError("made here"))).toBe(true);
  });

  it.each([[new Error("another")], [{ type: "server" }], ["text"], [null], [undefined]])(
    "is not just anything: %o",
    (value) => {
      expect(isInstaViewError(value)).toBe(false);
    },
  );

  it("may be given another name", async () => {
    const error = (await rejection(someUserFunction(listPhoneNumbers))) as InstaViewError;
    error.name = "ListingFailed";
    expect(error.name).toBe("ListingFailed");
    expect(String(error)).toMatch(/^ListingFailed: InstaView answered 401/);
    expect(error.toJSON().name).toBe("ListingFailed");
    expect(Object.keys(error)).not.toContain("name");
    expect(new InstaViewError("another").name).toBe("InstaViewError");
    expect(isInstaViewError(error)).toBe(true);
  });

  it("may be extended", () => {
    class QuotaError extends InstaViewError {
      override name = "QuotaError";
      readonly quota: number;
      constructor(quota: number) {
        super(`Only ${quota} numbers`);
        this.quota = quota;
      }
    }
    const error = new QuotaError(7);
    expect(error).toBeInstanceOf(InstaViewError);
    expect(isInstaViewError(error)).toBe(true);
    expect(String(error)).toBe("QuotaError: Only 7 numbers");
    expect(error.toJSON()).toMatchObject({ name: "QuotaError", message: "Only 7 numbers", quota: 7 });
    expect(error.stack).toContain("Only 7 numbers");

    class NamedOnPrototype extends InstaViewError {}
    NamedOnPrototype.prototype.name = "NamedOnPrototype";
    expect(String(new NamedOnPrototype("x"))).toBe("NamedOnPrototype: x");
    expect(new InstaViewError("another").name).toBe("InstaViewError");
  });

  it("can be made by a user's tests", () => {
    const cause = new Error("cause");
    const error = new InstaViewError("made up", { cause });
    expect(error).toMatchObject({
      message: "made up",
      cause,
      type: "internal",
      messages: [],
      issues: [],
      attempts: 0,
    });
  });
});
