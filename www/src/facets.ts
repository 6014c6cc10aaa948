import { CAPABILITY_LABELS, formatCapability, formatConstant, formatCountry } from "./format/words.ts";
import type { Filter } from "./view.ts";

/** One property of phone numbers, by which they are counted and filtered. */
export interface Facet {
  label: string;
  /** The documented values, which are offered even where no number has them. */
  documented: readonly string[];
  format(value: string): string;
}

export const FACETS: Record<Filter, Facet> = {
  capability: { label: "Calls", documented: Object.keys(CAPABILITY_LABELS), format: formatCapability },
  status: { label: "Status", documented: ["AVAILABLE"], format: formatConstant },
  type: { label: "Type", documented: ["LOCAL"], format: formatConstant },
  provider: { label: "Provider", documented: ["TWILIO"], format: formatConstant },
  country: { label: "Country", documented: [], format: formatCountry },
};

/** How many numbers have a value, by the value. */
export type Counts = ReadonlyMap<string, number>;

/** A value to choose, and how many numbers it would leave. */
export interface FacetChoice {
  value: string;
  label: string;
  count: number;
}

/** The values to choose from, by their names: those that are documented, found or chosen. */
export function facetChoices(
  { documented, format }: Facet,
  found: ReadonlySet<string>,
  counts: Counts,
  chosen: string | undefined,
): FacetChoice[] {
  const values = new Set([...documented, ...found]);
  if (chosen !== undefined) values.add(chosen);
  const labels = [...values].map(format);
  return [...values]
    .map((value, index) => {
      const label = labels[index] ?? "";
      // Two values that read the same, such as IN_USE and in_use, are told apart by how they are written.
      const isUnique = labels.indexOf(label) === labels.lastIndexOf(label);
      return { value, label: isUnique ? label : `${label} (${value})`, count: counts.get(value) ?? 0 };
    })
    .sort((a, b) => COLLATOR.compare(a.label, b.label));
}

/** Made once: it takes longer to make than to use a thousand times. */
export const COLLATOR = new Intl.Collator("en");
