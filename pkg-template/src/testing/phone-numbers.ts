import type { PhoneNumber } from "../../wasm/core.js";

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

/** Makes phone numbers up, the same ones for the same seed. */
export class PhoneNumberGenerator {
  #state: number;
  readonly #taken = new Map<NumberRange, number>();

  constructor(seed: number) {
    this.#state = seed;
  }

  /** The phone numbers of a company, the newest first. */
  company(companyId: string, count: number): PhoneNumber[] {
    const phoneNumbers = Array.from({ length: count }, () => this.#phoneNumber(companyId));
    return phoneNumbers.sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  }

  #phoneNumber(companyId: string): PhoneNumber {
    const range = this.#pick(RANGES);
    const createdAt = FIRST_DAY + Math.floor(this.#random() * 900 * DAY);
    const updatedAt = createdAt + Math.floor(this.#random() * 90 * DAY);
    return {
      id: this.#uuid(),
      number: this.#next(range),
      companyId,
      capabilities: this.#pick(CAPABILITIES),
      custom: this.#random() < 0.15,
      provider: this.#pick(PROVIDERS),
      status: this.#pick(STATUSES),
      numberType: range.numberType,
      createdAt: new Date(createdAt).toISOString(),
      updatedAt: new Date(updatedAt).toISOString(),
      ...(range.location !== undefined && { location: range.location }),
    };
  }

  /** Mulberry32: 0 to 1. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  #pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.#random() * choices.length)] as T;
  }

  #uuid(): string {
    return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, (digit) =>
      digit === "x" ? this.#pick([..."0123456789abcdef"]) : this.#pick([..."89ab"]),
    );
  }

  #next(range: NumberRange): string {
    const count = this.#taken.get(range) ?? 0;
    this.#taken.set(range, count + 1);
    // 37 and 100 have no common factor: no number comes twice before all have come, yet they don't look counted.
    return range.prefix + String((count * 37) % 100).padStart(2, "0");
  }
}
