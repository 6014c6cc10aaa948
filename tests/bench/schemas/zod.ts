import * as z from "zod";

const count = z.int().nonnegative();

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
      location: z.string().nullish(),
    }),
  ),
  total: count,
  page: count,
  limit: count,
  totalPages: count,
});

export const checkWithZod = (value: unknown) => page.parse(value);
