// What a user does with each part of the package: the reference is grouped by it.
import { type Application, Comment, CommentTag, Converter } from "typedoc";

const categories: Record<string, string[]> = {
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
    for (const entry of project.children ?? []) {
      for (const { name, comment, signatures } of withComments(entry.children ?? [])) {
        const category = categoryOf.get(name);
        if (!category) app.logger.error(`${name} has no category in pkg-template/build/categories.ts`);
        const tag = () => new CommentTag("@category", [{ kind: "text", text: category ?? "Other" }]);
        comment.blockTags.push(tag());
        for (const signature of signatures) signature.blockTags.push(tag());
      }
    }
  });
}

interface Documented {
  name: string;
  comment?: Comment;
  signatures?: Documented[];
}

const withComments = (reflections: Documented[]) =>
  reflections.map((reflection) => {
    reflection.comment ??= new Comment();
    return {
      name: reflection.name,
      comment: reflection.comment,
      signatures: (reflection.signatures ?? []).flatMap(({ comment }) => (comment ? [comment] : [])),
    };
  });
