import type { PhoneNumber, PhoneNumberPage } from "../wasm/core.js";

/** What has no text of its own in the table: each at its number. */
const values = [undefined, null, false, true, undefined] as const;

/**
 * Builds a page out of its text: the phone numbers where the table says that their values are, all in one hidden class.
 * Where it is empty, they are not of the documented form, and the array from `start` to `end` is parsed.
 *
 * Nothing is assigned to a property, because something may sit on `Object.prototype`: literals and spreads define theirs.
 */
export function buildPage(
  text: string,
  table: Int32Array,
  start: number,
  end: number,
  total: number,
  page: number,
  limit: number,
  totalPages: number,
): PhoneNumberPage {
  const data = table.length > 0 ? [...phoneNumbers(text, table)] : JSON.parse(text.slice(start, end));
  return { data, total, page, limit, totalPages, hasNextPage: page < totalPages };
}

function* phoneNumbers(text: string, table: Int32Array): Generator<PhoneNumber> {
  let at = 0;
  // biome-ignore lint/suspicious/noExplicitAny: the core has checked the types
  const next = (previous: unknown): any => {
    const start = table[at++] as number;
    const end = table[at++] as number;
    if (end === 0) return start === 0 ? previous : values[start];
    return start < 0 ? JSON.parse(text.slice(~start, end)) : text.slice(start, end);
  };
  let id, number, companyId, capabilities, custom, provider, status, numberType, createdAt, updatedAt, location;
  while (at < table.length) {
    id = next(id);
    number = next(number);
    companyId = next(companyId);
    capabilities = next(capabilities);
    custom = next(custom);
    provider = next(provider);
    status = next(status);
    numberType = next(numberType);
    createdAt = next(createdAt);
    updatedAt = next(updatedAt);
    location = next(location);
    const others = next(undefined);
    const required = {
      id,
      number,
      companyId,
      capabilities,
      custom,
      provider,
      status,
      numberType,
      createdAt,
      updatedAt,
    };
    const phoneNumber = location === undefined ? required : { ...required, location };
    yield others === undefined ? phoneNumber : { ...phoneNumber, ...JSON.parse(`{${others}`) };
  }
}
