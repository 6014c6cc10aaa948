/** A phone number as the API sends it. */
export interface PhoneNumber {
  id: string;
  /** E.164 */
  number: string;
  companyId: string;
  capabilities: string;
  custom: boolean;
  provider: string;
  status: string;
  numberType: string;
  /** ISO 8601, UTC, with milliseconds. */
  createdAt: string;
  /** ISO 8601, UTC, with milliseconds. */
  updatedAt: string;
  location?: string | null;
}

/** A company and all its phone numbers, the newest first. */
export interface Company {
  id: string;
  name: string;
  phoneNumbers: readonly PhoneNumber[];
}

/** Up to a hundred numbers: two digits follow the prefix. */
interface NumberRange {
  prefix: string;
  numberType: string;
  location?: string | null;
}

/**
 * Where a regulator sets numbers aside for fiction (US, GB, FR, DE, SE, AU), those; elsewhere, numbers
 * whose subscriber part starts with a zero, which nobody can have.
 */
const RANGES: readonly NumberRange[] = [
  { prefix: "+121255501", numberType: "LOCAL", location: "New York, US" },
  { prefix: "+141555501", numberType: "LOCAL", location: "San Francisco, US" },
  { prefix: "+4420794601", numberType: "LOCAL", location: "London, GB" },
  { prefix: "+331990012", numberType: "LOCAL", location: "Île-de-France, FR" },
  { prefix: "+4989999984", numberType: "LOCAL", location: "München, DE" },
  { prefix: "+4930231257", numberType: "LOCAL", location: "Berlin, DE" },
  { prefix: "+463139006", numberType: "LOCAL", location: "Göteborg, SE" },
  { prefix: "+612555036", numberType: "LOCAL", location: "Sydney, AU" },
  { prefix: "+4215501234", numberType: "LOCAL", location: "Košice, SK" },
  { prefix: "+4212045678", numberType: "LOCAL", location: "Bratislava, SK" },
  { prefix: "+486805512", numberType: "LOCAL", location: "Żary, PL" },
  { prefix: "+5511032145", numberType: "LOCAL", location: "São Paulo, BR" },
  { prefix: "+813027418", numberType: "LOCAL", location: "東京, JP" },
  { prefix: "+4477009001", numberType: "MOBILE", location: null },
  { prefix: "+336399834", numberType: "MOBILE", location: null },
  { prefix: "+4480815701", numberType: "TOLL_FREE" },
];

const CAPABILITIES = ["OUTBOUND", "INBOUND", "INBOUND_OUTBOUND"] as const;
/** The documented value is the most common one; the API's other values are not known. */
const PROVIDERS = ["TWILIO", "TWILIO", "TWILIO", "TWILIO", "TELNYX", "VONAGE"] as const;
const STATUSES = ["AVAILABLE", "AVAILABLE", "AVAILABLE", "AVAILABLE", "IN_USE", "PENDING"] as const;

const DAY = 24 * 60 * 60 * 1000;
const FIRST_DAY = Date.UTC(2023, 0, 1);

/** Mulberry32: 0 to 1, the same sequence at every start. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = seededRandom(2025);

function pick<T>(choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)] as T;
}

function uuidV4(): string {
  return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, (digit) =>
    digit === "x" ? pick([..."0123456789abcdef"]) : pick([..."89ab"]),
  );
}

const taken = new Map<NumberRange, number>();

function nextNumber(range: NumberRange): string {
  const count = taken.get(range) ?? 0;
  taken.set(range, count + 1);
  // 37 and 100 have no common factor: no number comes twice, yet they don't look counted.
  return range.prefix + String((count * 37) % 100).padStart(2, "0");
}

function phoneNumber(companyId: string): PhoneNumber {
  const range = pick(RANGES);
  const createdAt = FIRST_DAY + Math.floor(random() * 900 * DAY);
  const updatedAt = createdAt + Math.floor(random() * 90 * DAY);
  return {
    id: uuidV4(),
    number: nextNumber(range),
    companyId,
    capabilities: pick(CAPABILITIES),
    custom: random() < 0.15,
    provider: pick(PROVIDERS),
    status: pick(STATUSES),
    numberType: range.numberType,
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
    ...(range.location !== undefined && { location: range.location }),
  };
}

function company(id: string, name: string, size: number): Company {
  const phoneNumbers = Array.from({ length: size }, () => phoneNumber(id));
  phoneNumbers.sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  return { id, name, phoneNumbers };
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
