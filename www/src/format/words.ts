const COUNT = new Intl.NumberFormat("en-GB");
const COUNTRIES = new Intl.DisplayNames("en-GB", { type: "region", fallback: "code" });

/** What the documented capabilities mean to people. */
export const CAPABILITY_LABELS = {
  OUTBOUND: "Can call out",
  INBOUND: "Can be called",
  INBOUND_OUTBOUND: "Both ways",
} as const;

/** The documented capabilities in words, any other as `Sms only`. */
export function formatCapability(capability: string): string {
  return isDocumented(capability) ? CAPABILITY_LABELS[capability] : formatConstant(capability);
}

function isDocumented(capability: string): capability is keyof typeof CAPABILITY_LABELS {
  return Object.hasOwn(CAPABILITY_LABELS, capability);
}

/** `TOLL_FREE` as `Toll free`. The API's enums are open, so that no list of them is complete. */
export function formatConstant(constant: string): string {
  if (constant.trim() === "") return "Not given";
  const words = constant.replaceAll("_", " ").trim().toLowerCase();
  return words === "" ? constant : words.charAt(0).toUpperCase() + words.slice(1);
}

/** `SK` as `Slovakia`. */
export function formatCountry(country: string): string {
  return country === "" ? "Unknown" : (COUNTRIES.of(country) ?? country);
}

/** `1,234` */
export function formatInteger(count: number): string {
  return COUNT.format(count);
}

/** `1 number`, `1,234 numbers`, `2 matches`. */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatInteger(count)} ${count === 1 ? noun : plural}`;
}
