import type { PhoneNumber } from "instaview-phone-numbers";
import { PhoneNumberGenerator } from "../../pkg-template/src/testing/phone-numbers.ts";

export type { PhoneNumber };

/** A company and all its phone numbers, the newest first. */
export interface Company {
  id: string;
  name: string;
  phoneNumbers: readonly PhoneNumber[];
}

const generator = new PhoneNumberGenerator(2025);

function company(id: string, name: string, size: number): Company {
  return { id, name, phoneNumbers: generator.company(id, size) };
}

/** The companies of the sandbox, the same at every start. */
export const COMPANIES = {
  /** 237 phone numbers. */
  large: company("3f8b2c1e-6a47-4d09-9e53-b1c70d84fa26", "Tatra Talent", 237),
  /** 41 phone numbers. */
  small: company("a94d7e60-1b35-4c8f-8d12-5e6f09b3c7d8", "Harbour Recruiting", 41),
  /** No phone numbers yet. */
  empty: company("c05e91b7-d283-4f6a-b7e4-28a3f4169d50", "Nová Práca", 0),
};
