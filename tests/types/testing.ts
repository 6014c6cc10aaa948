// Compiled, never run: the fake InstaView has the contract's types.
import { expectTypeOf } from "expect-type";
import type * as main from "instaview-phone-numbers";
import { type ClientOptions, InstaViewClient } from "instaview-phone-numbers";
import type * as published from "instaview-phone-numbers/testing";
import { createFakeInstaView, fakePhoneNumber } from "instaview-phone-numbers/testing";
import type * as contract from "./contract.ts";

expectTypeOf<keyof typeof published>().toEqualTypeOf<"createFakeInstaView" | "fakePhoneNumber">();
expectTypeOf<published.FakeInstaViewOptions>().toEqualTypeOf<contract.FakeInstaViewOptions>();
expectTypeOf<published.FakeInstaView>().toEqualTypeOf<contract.FakeInstaView>();
expectTypeOf<published.FakeResponse>().toEqualTypeOf<contract.FakeResponse>();
expectTypeOf<published.PhoneNumber>().toEqualTypeOf<main.PhoneNumber>();
expectTypeOf<typeof createFakeInstaView>().toEqualTypeOf<
  (options?: contract.FakeInstaViewOptions) => contract.FakeInstaView
>();
expectTypeOf<typeof fakePhoneNumber>().toEqualTypeOf<
  (overrides?: Partial<main.PhoneNumber>) => main.PhoneNumber
>();

const fake = createFakeInstaView({ phoneNumbers: [fakePhoneNumber({ status: "ANYTHING_NEW" })] });
fake.fetch satisfies ClientOptions["fetch"];
new InstaViewClient({ fetch: fake.fetch });
fake.respondNext("never", { status: 429, headers: { "Retry-After": "1" } });
fake.phoneNumbers.push(fakePhoneNumber());

// @ts-expect-error: the record is the fake's.
fake.requests.push({ url: "", page: 1, limit: 1 });
// @ts-expect-error: there is no such failure.
fake.respondNext("slow");
// @ts-expect-error: a number of phone numbers, or they themselves.
createFakeInstaView({ phoneNumbers: "many" });
