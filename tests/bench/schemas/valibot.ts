import * as v from "valibot";

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const page = v.looseObject({
  data: v.array(
    v.looseObject({
      id: v.string(),
      number: v.string(),
      companyId: v.string(),
      capabilities: v.string(),
      custom: v.boolean(),
      provider: v.string(),
      status: v.string(),
      numberType: v.string(),
      createdAt: v.string(),
      updatedAt: v.string(),
      location: v.nullish(v.string()),
    }),
  ),
  total: count,
  page: count,
  limit: count,
  totalPages: count,
});

export const checkWithValibot = (value: unknown) => v.parse(page, value);
