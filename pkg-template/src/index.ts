/**
 * Lists a company's InstaView phone numbers, and checks everything that goes in and comes out.
 *
 * @packageDocumentation
 */

export type {
  ClientEvent,
  ClientOptions,
  InstaViewErrorType,
  Issue,
  ListAllParams,
  ListPhoneNumbersOptions,
  ListPhoneNumbersParams,
  PhoneNumber,
  PhoneNumberCapability,
  PhoneNumberCriteria,
  PhoneNumberPage,
  PhoneNumberProvider,
  PhoneNumberStatus,
  PhoneNumberType,
  RateLimit,
  RateLimitReport,
  RateLimitStore,
  RateLimitWindow,
  ReportedWindow,
  RequestOptions,
} from "../wasm/core.js";
export { supportsCapability } from "./capability.ts";
export { InstaViewClient } from "./client.ts";
export { InstaViewError, isInstaViewError } from "./error.ts";
export { findPhoneNumber } from "./find-phone-number.ts";
export { listAllPhoneNumbers } from "./list-all-phone-numbers.ts";
export { listPhoneNumbers } from "./list-phone-numbers.ts";
export type { PhoneNumberListing } from "./listing.ts";
