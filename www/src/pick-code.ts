import type { PhoneNumberCriteria } from "instaview-phone-numbers";
import type { Direction } from "./state.ts";
import type { View } from "./view.ts";

/** What an agent's number has to be: free, and for this direction. */
export function pickCriteria(capability: Direction): PhoneNumberCriteria {
  return { capability, status: "AVAILABLE" };
}

/** What a developer writes on a server for what the picker does in the page. */
export function pickCode(direction: Direction, { keyType, company }: View): string {
  const client = keyType === "ats" ? 'new InstaViewClient({ keyType: "ats" })' : "new InstaViewClient()";
  const criteria = Object.entries(pickCriteria(direction)).map(
    ([name, value]) => `    ${name}: ${JSON.stringify(value)},`,
  );
  const params = keyType === "ats" ? [`  { companyId: ${JSON.stringify(company)} },`] : [];
  return [
    'import { InstaViewClient } from "instaview-phone-numbers";',
    "",
    "// The key is in INSTAVIEW_API_KEY.",
    `const client = ${client};`,
    "",
    "const phoneNumber = await client.findPhoneNumber(",
    "  {",
    ...criteria,
    "  },",
    ...params,
    ");",
    'if (!phoneNumber) throw new Error("No phone number fits");',
    "",
    "// For InstaView’s agent API:",
    "const agent = { companyPhoneNumberId: phoneNumber.id };",
  ].join("\n");
}
