// Compiled, never run: it does not compile where the package's types are not those of the contract.
import { expectTypeOf } from "expect-type";
import type * as published from "instaview-phone-numbers";
import type * as contract from "./contract.ts";

expectTypeOf<published.PhoneNumberCapability>().toEqualTypeOf<contract.PhoneNumberCapability>();
expectTypeOf<published.PhoneNumberProvider>().toEqualTypeOf<contract.PhoneNumberProvider>();
expectTypeOf<published.PhoneNumberStatus>().toEqualTypeOf<contract.PhoneNumberStatus>();
expectTypeOf<published.PhoneNumberType>().toEqualTypeOf<contract.PhoneNumberType>();
expectTypeOf<published.PhoneNumber>().toEqualTypeOf<contract.PhoneNumber>();
expectTypeOf<published.PhoneNumberPage>().toEqualTypeOf<contract.PhoneNumberPage>();
expectTypeOf<published.Issue>().toEqualTypeOf<contract.Issue>();
expectTypeOf<published.RateLimitWindow>().toEqualTypeOf<contract.RateLimitWindow>();
expectTypeOf<published.RateLimit>().toEqualTypeOf<contract.RateLimit>();
expectTypeOf<published.ClientEvent>().toEqualTypeOf<contract.ClientEvent>();
expectTypeOf<Omit<published.ClientOptions, "fetch">>().toEqualTypeOf<Omit<contract.ClientOptions, "fetch">>();
expectTypeOf<published.ListPhoneNumbersParams>().toEqualTypeOf<contract.ListPhoneNumbersParams>();
expectTypeOf<published.RequestOptions>().toEqualTypeOf<contract.RequestOptions>();
expectTypeOf<Omit<published.ListPhoneNumbersOptions, "fetch">>().toEqualTypeOf<
  Omit<contract.ListPhoneNumbersOptions, "fetch">
>();
expectTypeOf<published.ListAllParams>().toEqualTypeOf<contract.ListAllParams>();
expectTypeOf<published.PhoneNumberListing>().toEqualTypeOf<contract.PhoneNumberListing>();
expectTypeOf<published.PhoneNumberCriteria>().toEqualTypeOf<contract.PhoneNumberCriteria>();
expectTypeOf<published.RateLimitStore>().toEqualTypeOf<contract.RateLimitStore>();
expectTypeOf<published.RateLimitReport>().toEqualTypeOf<contract.RateLimitReport>();
expectTypeOf<published.ReportedWindow>().toEqualTypeOf<contract.ReportedWindow>();
expectTypeOf<published.ClientOptions["rateLimitStore"]>().toEqualTypeOf<
  contract.ClientOptions["rateLimitStore"]
>();
type Events<Event extends { type: string }> = Extract<Event, { type: "rateLimitStoreError" }>;
expectTypeOf<Events<published.ClientEvent>>().toEqualTypeOf<Events<contract.ClientEvent>>();
expectTypeOf<published.InstaViewErrorType>().toEqualTypeOf<contract.InstaViewErrorType>();
expectTypeOf<published.InstaViewError>().toEqualTypeOf<contract.InstaViewError>();
expectTypeOf<published.InstaViewClient>().toEqualTypeOf<contract.InstaViewClient>();

// The option takes the fetches of npm packages too, whose types are not the platform's (fetches.ts), so that it can be
// used for the contract's, and the contract's for it, without being the same type.
expectTypeOf<published.ClientOptions["fetch"]>().toExtend<contract.ClientOptions["fetch"]>();
expectTypeOf<contract.ClientOptions["fetch"]>().toExtend<published.ClientOptions["fetch"]>();
expectTypeOf<published.ListPhoneNumbersOptions>().toExtend<contract.ListPhoneNumbersOptions>();
expectTypeOf<contract.ListPhoneNumbersOptions>().toExtend<published.ListPhoneNumbersOptions>();

// Functions and classes can be used for each other, and there are no others.
type Exports<Module> = { [Name in keyof Module]: Module[Name] };
expectTypeOf<keyof typeof published>().toEqualTypeOf<keyof typeof contract>();
declare const fromPackage: Exports<typeof published>;
declare const fromContract: Exports<typeof contract>;
fromPackage satisfies Exports<typeof contract>;
fromContract satisfies Exports<typeof published>;
