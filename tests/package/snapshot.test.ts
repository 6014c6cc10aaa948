// Options are those at the moment of the call, whatever becomes of the caller's objects.
import { InstaViewClient, listAllPhoneNumbers, listPhoneNumbers } from "instaview-phone-numbers";
import { beforeEach, describe, expect, it } from "vitest";
import { phoneNumber } from "./model-server.ts";
import { rejection } from "./sandbox.ts";

const requests: { url: string; tag: string | null }[] = [];
beforeEach(() => void requests.splice(0));

/** Answers a listing of three pages. */
async function fetch(url: string, init: RequestInit): Promise<Response> {
  requests.push({ url, tag: new Headers(init.headers).get("x-tag") });
  const page = Number(new URL(url).searchParams.get("page") ?? 1);
  return Response.json({ data: [phoneNumber(page)], total: 3, page, limit: 1, totalPages: 3 });
}

const tags = () => requests.map(({ tag }) => tag);

describe("headers", () => {
  const changing: [string, () => [headers: unknown, change: () => void]][] = [
    [
      "a Headers",
      () => {
        const headers = new Headers({ "x-tag": "before" });
        return [headers, () => headers.set("x-tag", "after")];
      },
    ],
    [
      "an object",
      () => {
        const headers = { "x-tag": "before" };
        return [headers, () => Object.assign(headers, { "x-tag": "after" })];
      },
    ],
    [
      "an array of pairs",
      () => {
        const pair = ["x-tag", "before"];
        return [[pair], () => pair.splice(1, 1, "after")];
      },
    ],
  ];

  it.each(changing)("in %s may be changed after the call", async (_, make) => {
    const [headers, change] = make();
    const call = listPhoneNumbers({ baseUrl: "https://x.test", fetch, headers: headers as HeadersInit });
    change();
    await call;
    expect(tags()).toEqual(["before"]);
  });

  it("of a generator are sent with every page", async () => {
    function* pairs() {
      yield ["x-tag", "generated"];
    }
    const headers = pairs() as never;
    const client = new InstaViewClient({ baseUrl: "https://x.test", fetch });
    expect(await client.listAllPhoneNumbers({ limit: 1 }, { headers }).toArray()).toHaveLength(3);
    expect(tags()).toEqual(["generated", "generated", "generated"]);
  });

  it.each(["x-tag", 5, null])("that are %o are refused", async (headers) => {
    const options = { baseUrl: "https://x.test", fetch, headers: headers as never };
    expect(await rejection(listPhoneNumbers(options))).toMatchObject({
      type: "invalid_argument",
      issues: [{ path: "headers", received: "a value that is none" }],
    });
  });
});

describe("a base URL", () => {
  it("may be changed after the call", async () => {
    const baseUrl = new URL("https://x.test/before");
    const call = listPhoneNumbers({ baseUrl, fetch });
    baseUrl.pathname = "/after";
    await call;
    expect(requests[0]?.url).toBe("https://x.test/before/phone-numbers");
  });

  it("of another library has an href", async () => {
    const baseUrl = { href: "https://x.test/before" };
    const listing = listAllPhoneNumbers({ baseUrl: baseUrl as URL, fetch, limit: 1 });
    baseUrl.href = "https://x.test/after";
    await listing.toArray();
    expect(new Set(requests.map(({ url }) => new URL(url).pathname))).toEqual(
      new Set(["/before/phone-numbers"]),
    );
  });

  it.each([
    [{ href: 5 }, "an object"],
    [{}, "an object"],
    [null, "null"],
    [5, "5"],
  ])("that is %o is refused", async (baseUrl, received) => {
    expect(await rejection(listPhoneNumbers({ baseUrl: baseUrl as never, fetch }))).toMatchObject({
      type: "invalid_argument",
      issues: [{ path: "baseUrl", received }],
    });
  });

  it("alone is taken from an href", async () => {
    const signal = { href: "https://x.test" } as never;
    expect(await rejection(listPhoneNumbers({ baseUrl: "https://x.test", fetch, signal }))).toMatchObject({
      issues: [{ path: "signal", received: "an object" }],
    });
  });
});
