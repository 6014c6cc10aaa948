import { Ajv } from "ajv";
import type { WirePage } from "../payload.ts";

const text = { type: "string" };
const count = { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const phoneNumber = {
  id: text,
  number: text,
  companyId: text,
  capabilities: text,
  custom: { type: "boolean" },
  provider: text,
  status: text,
  numberType: text,
  createdAt: text,
  updatedAt: text,
};
const counts = { total: count, page: count, limit: count, totalPages: count };

// As the other libraries do: everything that is wrong, not the first alone.
const isPage = new Ajv({ allErrors: true, allowUnionTypes: true }).compile<WirePage>({
  type: "object",
  properties: {
    data: {
      type: "array",
      items: {
        type: "object",
        properties: { ...phoneNumber, location: { type: ["string", "null"] } },
        required: Object.keys(phoneNumber),
      },
    },
    ...counts,
  },
  required: ["data", ...Object.keys(counts)],
});

export function checkWithAjv(value: unknown): WirePage {
  if (!isPage(value)) throw new Error("Not a page", { cause: isPage.errors });
  return value;
}
