import { type Application, CommentTag, Converter } from "typedoc";

/** What a user does with each part of the package: the reference is grouped by it, in this order. */
export const categories: Record<string, string[]> = {
  Listing: [
    "listPhoneNumbers",
    "listAllPhoneNumbers",
    "findPhoneNumber",
    "InstaViewClient",
    "ListPhoneNumbersOptions",
    "ListPhoneNumbersParams",
    "ListAllParams",
    "PhoneNumberCriteria",
    "PhoneNumberListing",
    "PhoneNumberPage",
  ],
  Configuration: ["ClientOptions", "RequestOptions"],
  "Phone numbers": [
    "PhoneNumber",
    "PhoneNumberCapability",
    "PhoneNumberProvider",
    "PhoneNumberStatus",
    "PhoneNumberType",
    "supportsCapability",
  ],
  "Errors and events": [
    "InstaViewError",
    "InstaViewErrorType",
    "isInstaViewError",
    "Issue",
    "ClientEvent",
    "RateLimit",
    "RateLimitWindow",
  ],
  "Sharing rate limits": [
    "RateLimitStore",
    "RateLimitReport",
    "ReportedWindow",
    "redisRateLimitStore",
    "RedisRateLimitStoreOptions",
    "NodeRedisLike",
    "IoRedisLike",
  ],
  Testing: [
    "createFakeInstaView",
    "FakeInstaView",
    "FakeInstaViewOptions",
    "FakeResponse",
    "fakePhoneNumber",
  ],
};

const categoryOf = new Map(
  Object.entries(categories).flatMap(([category, names]) => names.map((name) => [name, category] as const)),
);

/** Gives each exported name its category. One that has none fails the build, so that it is not forgotten. */
export function categorize(app: Application): void {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const exported of (project.children ?? []).flatMap(({ children }) => children ?? [])) {
      const category = categoryOf.get(exported.name);
      if (!category) app.logger.error(`${exported.name} has no category in pkg-template/build/categories.ts`);
      // The comment of a function is that of its signature.
      for (const { comment } of exported.signatures ?? [exported]) {
        comment?.blockTags.push(new CommentTag("@category", [{ kind: "text", text: category ?? "" }]));
      }
    }
  });
}
