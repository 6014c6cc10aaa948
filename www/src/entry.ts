import type { PhoneNumber } from "instaview-phone-numbers";
import { formatCapability, formatConstant, formatCountry } from "./format/words.ts";
import { fold } from "./search.ts";
import type { Filter } from "./view.ts";

/** What is known of telephone numbers in general: see telephony.ts. */
export type Telephony = typeof import("./telephony.ts");

/** A phone number, and what the page makes of it once, to search and to filter many quickly. */
export interface Entry {
  phoneNumber: PhoneNumber;
  /** The values by which it is filtered and counted: one object for all the numbers that have the same. */
  values: Values;
  /** Everything by which it is found, in words without accents. */
  text: string;
  /** As it is dialled within its country. */
  national: string;
}

export type Values = Readonly<Record<Filter, readonly string[]>>;

export function createEntry(phoneNumber: PhoneNumber, telephony: Telephony | undefined): Entry {
  const { id, number, location, capabilities, provider, status, numberType } = phoneNumber;
  const { country, national } = telephony?.originOf(phoneNumber) ?? { country: "", national: "" };
  const words = [
    location ?? "",
    country && formatCountry(country),
    formatConstant(status),
    formatConstant(numberType),
    formatConstant(provider),
    formatCapability(capabilities),
    ...(CAPABILITY_WORDS[capabilities] ?? []),
  ].join(" ");
  return {
    phoneNumber,
    values: shared({
      capability: CAPABILITIES[capabilities] ?? [capabilities],
      status: [status],
      type: [numberType],
      provider: [provider],
      country: [country],
    }),
    text: `${number} ${fold(words)} ${id.toLowerCase()}`,
    national,
  };
}

const known = new Map<string, Values>();

function shared(values: Values): Values {
  const key = JSON.stringify(values);
  const same = known.get(key);
  if (!same) known.set(key, values);
  return same ?? values;
}

/** A number for both directions is also one for each of them. */
const CAPABILITIES: Record<string, readonly string[]> = {
  OUTBOUND: ["OUTBOUND"],
  INBOUND: ["INBOUND"],
  INBOUND_OUTBOUND: ["OUTBOUND", "INBOUND", "INBOUND_OUTBOUND"],
};

const OUT = ["outgoing", "outbound"];
const IN = ["incoming", "inbound"];

/** What people say for a capability. */
const CAPABILITY_WORDS: Record<string, readonly string[]> = {
  OUTBOUND: OUT,
  INBOUND: IN,
  INBOUND_OUTBOUND: ["can call out", "can be called", ...OUT, ...IN],
};
