/**
 * A fake InstaView for the tests of whoever uses `instaview-phone-numbers`: no key, no network, no server.
 *
 * @packageDocumentation
 */

export type {
  PhoneNumber,
  PhoneNumberCapability,
  PhoneNumberProvider,
  PhoneNumberStatus,
  PhoneNumberType,
} from "../../wasm/core.js";
export {
  createFakeInstaView,
  type FakeInstaView,
  type FakeInstaViewOptions,
  type FakeResponse,
  fakePhoneNumber,
} from "./fake.ts";
