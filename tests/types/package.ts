// Compiled, never run: it does not compile where the package's types are not those of the contract.
import type * as published from "instaview-phone-numbers";
import { expectTypeOf } from "vitest";
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
expectTypeOf<published.ClientOptions>().toEqualTypeOf<contract.ClientOptions>();
expectTypeOf<published.ListPhoneNumbersParams>().toEqualTypeOf<contract.ListPhoneNumbersParams>();
expectTypeOf<published.RequestOptions>().toEqualTypeOf<contract.RequestOptions>();
expectTypeOf<published.ListPhoneNumbersOptions>().toEqualTypeOf<contract.ListPhoneNumbersOptions>();
expectTypeOf<published.ListAllParams>().toEqualTypeOf<contract.ListAllParams>();
expectTypeOf<published.PhoneNumberListing>().toEqualTypeOf<contract.PhoneNumberListing>();
expectTypeOf<published.PhoneNumberCriteria>().toEqualTypeOf<contract.PhoneNumberCriteria>();
expectTypeOf<published.InstaViewErrorType>().toEqualTypeOf<contract.InstaViewErrorType>();
expectTypeOf<published.InstaViewError>().toEqualTypeOf<contract.InstaViewError>();
expectTypeOf<published.InstaViewClient>().toEqualTypeOf<contract.InstaViewClient>();

// Functions and classes can be used for each other, and there are no others.
type Exports<Module> = { [Name in keyof Module]: Module[Name] };
expectTypeOf<keyof typeof published>().toEqualTypeOf<keyof typeof contract>();
declare const fromPackage: Exports<typeof published>;
declare const fromContract: Exports<typeof contract>;
fromPackage satisfies Exports<typeof contract>;
fromContract satisfies Exports<typeof published>;
