import * as z from "zod/mini";

const count = z.int().check(z.nonnegative());

const page = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string(),
      number: z.string(),
      companyId: z.string(),
      capabilities: z.string(),
      custom: z.boolean(),
      provider: z.string(),
      status: z.string(),
      numberType: z.string(),
      createdAt: z.string(),
      updatedAt: z.string(),
      location: z.nullish(z.string()),
    }),
  ),
  total: count,
  page: count,
  limit: count,
  totalPages: count,
});

export const checkWithZodMini = (value: unknown) => page.parse(value);
