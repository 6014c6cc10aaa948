// Loaded after the first rows: what is known of the world's telephone numbers is larger than the rest of the page.
import type { PhoneNumber as Listed } from "instaview-phone-numbers";
import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  PhoneNumber,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";

/** `+442079460123` as people abroad write it: `+44 20 7946 0123`. What is no number stays as it is. */
export function formatNumber(number: string): string {
  return parsePhoneNumberFromString(number)?.formatInternational() ?? number;
}

/** What a number says of itself. */
export interface Origin {
  /** A region such as `GB`, or an empty text. */
  country: string;
  /** The digits that are dialled within the country, such as `02079460123`. */
  national: string;
}

export function originOf({ number, location }: Pick<Listed, "number" | "location">): Origin {
  const parsed = parsePhoneNumberFromString(number);
  if (!parsed) return { country: "", national: "" };
  return {
    country: countryOf(parsed, location) ?? "",
    national: parsed.formatNational().replace(/\D/g, ""),
  };
}

/**
 * The number itself tells its country. Only among those that share its calling code, and may have this very number, does
 * the location decide: "Toronto, CA" for a freephone number, but never Germany for "Wilmington, DE".
 */
function countryOf(parsed: PhoneNumber, location: string | null | undefined): CountryCode | undefined {
  const [, region = ""] = /, ([A-Z]{2})$/.exec(location ?? "") ?? [];
  if (isSupportedCountry(region) && getCountryCallingCode(region) === parsed.countryCallingCode) {
    const there = Object.assign(new PhoneNumber(parsed.number), { country: region });
    if (there.isValid() || !parsed.isValid()) return region;
  }
  // The first of those that share a calling code is its main country.
  return parsed.country ?? parsed.getPossibleCountries()[0];
}
