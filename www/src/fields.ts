import type { PhoneNumber } from "instaview-phone-numbers";

/** The documented fields of a phone number, in the documentation's order. */
export const FIELDS = [
  "id",
  "number",
  "companyId",
  "capabilities",
  "custom",
  "provider",
  "status",
  "numberType",
  "location",
  "createdAt",
  "updatedAt",
] as const satisfies readonly (keyof PhoneNumber)[];
