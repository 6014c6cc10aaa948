// Compiled, never run: what openapi-typescript makes of openapi.json agrees with the package's types.
import { expectTypeOf } from "expect-type";
import type {
  InstaViewError,
  ListPhoneNumbersParams,
  PhoneNumber,
  PhoneNumberCapability,
  PhoneNumberPage,
  PhoneNumberProvider,
  PhoneNumberStatus,
  PhoneNumberType,
  RateLimit,
} from "instaview-phone-numbers";
import type { components, operations } from "../../target/contract/openapi.d.ts";

type Schemas = components["schemas"];
type Operation = operations["listPhoneNumbers"];

/** The documented values of an open enumeration, which allows any other string as well. */
type Documented<T> = T extends string ? (string extends T ? never : T) : never;

// A phone number: each can be used as the other, and neither has a member that the other lacks.
expectTypeOf<Schemas["PhoneNumber"]>().toExtend<PhoneNumber>();
expectTypeOf<PhoneNumber>().toExtend<Schemas["PhoneNumber"]>();
expectTypeOf<keyof Schemas["PhoneNumber"]>().toEqualTypeOf<keyof PhoneNumber>();
expectTypeOf<Schemas["DocumentedCapability"]>().toEqualTypeOf<Documented<PhoneNumberCapability>>();
expectTypeOf<Schemas["DocumentedProvider"]>().toEqualTypeOf<Documented<PhoneNumberProvider>>();
expectTypeOf<Schemas["DocumentedStatus"]>().toEqualTypeOf<Documented<PhoneNumberStatus>>();
expectTypeOf<Schemas["DocumentedType"]>().toEqualTypeOf<Documented<PhoneNumberType>>();

// A page: the package computes `hasNextPage` itself.
type ReadPage = Omit<PhoneNumberPage, "hasNextPage">;
expectTypeOf<Schemas["FlatPage"]>().toExtend<ReadPage>();
expectTypeOf<ReadPage>().toExtend<Schemas["FlatPage"]>();
expectTypeOf<keyof Schemas["FlatPage"]>().toEqualTypeOf<keyof ReadPage>();
type GuidePage = Omit<Schemas["ItemsPage"]["pagination"], "hasPreviousPage"> & {
  data: Schemas["ItemsPage"]["items"];
};
expectTypeOf<GuidePage>().toExtend<PhoneNumberPage>();
expectTypeOf<PhoneNumberPage>().toExtend<GuidePage>();

// The parameters: the package's may be explicitly undefined.
type Query = NonNullable<Operation["parameters"]["query"]>;
type Params = { [Name in keyof ListPhoneNumbersParams]: Exclude<ListPhoneNumbersParams[Name], undefined> };
expectTypeOf<Query>().toExtend<ListPhoneNumbersParams>();
expectTypeOf<Params>().toExtend<Query>();
expectTypeOf<keyof Query>().toEqualTypeOf<keyof ListPhoneNumbersParams>();

// An error's details: whatever the API sends has its place, and of its type.
type ApiError = Schemas["ApiError"]["error"];
type NestMessage = Schemas["NestError"]["message"];
expectTypeOf<ApiError["code"]>().toEqualTypeOf<NonNullable<InstaViewError["code"]>>();
expectTypeOf<ApiError["message"]>().toEqualTypeOf<InstaViewError["messages"][number]>();
expectTypeOf<NestMessage>().toEqualTypeOf<InstaViewError["messages"][number] | InstaViewError["messages"]>();
expectTypeOf<ApiError["details"]>().toExtend<InstaViewError["details"]>();
expectTypeOf<Schemas["NestError"]["statusCode"]>().toEqualTypeOf<NonNullable<InstaViewError["status"]>>();
expectTypeOf<Schemas["RateLimitError"]["retryAfter"]>().toEqualTypeOf<
  NonNullable<InstaViewError["retryAfter"]>
>();

// The rate limit: a header for each member of a window.
type WindowMember = Capitalize<Exclude<keyof NonNullable<RateLimit["minute"]>, "resetAt">> | "Reset";
type RateLimitHeader = `X-RateLimit-${WindowMember}-${Capitalize<keyof RateLimit>}`;
type DocumentedHeader = keyof {
  [Name in keyof Operation["responses"][200]["headers"] as string extends Name ? never : Name]: unknown;
};
expectTypeOf<DocumentedHeader>().toEqualTypeOf<RateLimitHeader>();

// @ts-expect-error: an error is not a page.
expectTypeOf<Schemas["ApiError"]>().toExtend<ReadPage>();
