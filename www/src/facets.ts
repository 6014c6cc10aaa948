import { type PhoneNumber, supportsCapability } from "instaview-phone-numbers";
import { countryOf, formatCountry } from "./format/countries.ts";
import { CAPABILITY_LABELS, formatCapability, formatConstant } from "./format/words.ts";
import type { Filter } from "./view.ts";

/** One property of phone numbers, by which they are counted and filtered. */
export interface Facet {
  label: string;
  /** The documented values, which are offered even where no number has them. */
  documented: readonly string[];
  read(phoneNumber: PhoneNumber): string;
  matches(phoneNumber: PhoneNumber, value: string): boolean;
  format(value: string): string;
}

export const FACETS: Record<Filter, Facet> = {
  capability: {
    ...facet("Capability", ({ capabilities }) => capabilities, Object.keys(CAPABILITY_LABELS)),
    // A number for both directions is also one for each of them.
    matches: supportsCapability,
    format: formatCapability,
  },
  status: facet("Status", ({ status }) => status, ["AVAILABLE"]),
  type: facet("Type", ({ numberType }) => numberType, ["LOCAL"]),
  provider: facet("Provider", ({ provider }) => provider, ["TWILIO"]),
  country: { ...facet("Country", countryOf), format: formatCountry },
};

function facet(
  label: string,
  read: (phoneNumber: PhoneNumber) => string,
  documented: readonly string[] = [],
): Facet {
  return {
    label,
    documented,
    read,
    matches: (phoneNumber, value) => read(phoneNumber) === value,
    format: formatConstant,
  };
}

/** A value of a facet, and how many numbers match it. */
export interface FacetCount {
  value: string;
  count: number;
}

/** What there is of each value, the most frequent first. */
export function countFacet({ read, matches }: Facet, numbers: readonly PhoneNumber[]): FacetCount[] {
  const values = new Set(numbers.map(read));
  return [...values]
    .map((value) => ({ value, count: numbers.filter((number) => matches(number, value)).length }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
}

/** The values to choose from: those that are documented, found or chosen. */
export function facetChoices(facet: Facet, numbers: readonly PhoneNumber[], chosen: string): string[] {
  const values = new Set([...facet.documented, ...numbers.map(facet.read)]);
  if (chosen !== "") values.add(chosen);
  return [...values].sort((a, b) => facet.format(a).localeCompare(facet.format(b)));
}
