// What the API answers, the same at every run.
import type { PhoneNumber, PhoneNumberPage } from "../../pkg-template/wasm/core.js";

/** A page as the API sends it. */
export type WirePage = Omit<PhoneNumberPage, "hasNextPage">;

/** Of no use anywhere else. */
export const API_KEY = "sk_test_Benchmark8Hq2nVxT4LrZ6wKd9PmCompany";

const COMPANY = "3f8b2c1e-6a47-4d09-9e53-b1c70d84fa26";
const CAPABILITIES = ["OUTBOUND", "INBOUND", "INBOUND_OUTBOUND"];
const ASCII_LOCATIONS = ["New York, US", "San Francisco, US", "London, GB", "Berlin, DE"];
const OTHER_LOCATIONS = ["Košice, SK", "München, DE", "São Paulo, BR", "東京, JP"];

const pick = (choices: string[], index: number) => choices[index % choices.length] as string;

/** A number of 128 bits that looks random, as a UUID. */
function uuid(index: number): string {
  const words = [1, 2, 3, 4].map((word) =>
    (Math.imul(index * 4 + word, 0x9e3779b1) >>> 0).toString(16).padStart(8, "0"),
  );
  const digits = words.join("");
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
}

function phoneNumber(index: number, locations: string[]): PhoneNumber {
  const createdAt = Date.UTC(2025, 0, 1) + index * 3_456_789;
  return {
    id: uuid(index),
    number: `+1415555${String(index % 10_000).padStart(4, "0")}`,
    companyId: COMPANY,
    capabilities: pick(CAPABILITIES, index),
    custom: index % 7 === 0,
    provider: "TWILIO",
    status: "AVAILABLE",
    numberType: "LOCAL",
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(createdAt + 86_400_000).toISOString(),
    location: pick(locations, index),
  };
}

/** One page of a company's numbers. */
export function wirePage(options: {
  total: number;
  page?: number;
  limit?: number;
  /** Whether every location has characters that are not ASCII. */
  nonAscii?: boolean;
}): WirePage {
  const { total, page = 1, limit = 100, nonAscii = false } = options;
  const first = (page - 1) * limit;
  const length = Math.max(0, Math.min(limit, total - first));
  const locations = nonAscii ? OTHER_LOCATIONS : ASCII_LOCATIONS;
  const data = Array.from({ length }, (_, index) => phoneNumber(first + index, locations));
  return { data, total, page, limit, totalPages: Math.ceil(total / limit) };
}

export const encode = (page: unknown): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(JSON.stringify(page));
