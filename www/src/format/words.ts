const COUNT = new Intl.NumberFormat("en-GB");

/** What the documented capabilities mean to people. */
export const CAPABILITY_LABELS = {
  OUTBOUND: "Outgoing",
  INBOUND: "Incoming",
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
  const words = constant.replaceAll("_", " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `1,234` */
export function formatInteger(count: number): string {
  return COUNT.format(count);
}

/** `1 number`, `1,234 numbers`. */
export function formatCount(count: number, noun: string): string {
  return `${formatInteger(count)} ${noun}${count === 1 ? "" : "s"}`;
}
