import type { PhoneNumber, PhoneNumberPage } from "../wasm/core.js";

/** Numbers in the table of each phone number: where twelve values begin and end. */
const rowLength = 24;

/** What has no text of its own in the table: each at its number. */
const values = [undefined, null, false, true, undefined] as const;

/**
 * Builds a page out of its text: the phone numbers where the table says that their values are, all in one hidden class.
 * Where it is empty, they are not as they are documented, and the array from `start` to `end` is parsed.
 *
 * Properties are defined by literals and spreads, never assigned: something may sit on `Object.prototype`.
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
  const data = table.length > 0 ? phoneNumbers(text, table) : JSON.parse(text.slice(start, end));
  return { data, total, page, limit, totalPages, hasNextPage: page < totalPages };
}

function phoneNumbers(text: string, table: Int32Array): PhoneNumber[] {
  let at = 0;
  // biome-ignore lint/suspicious/noExplicitAny: the core has checked the types
  const next = (previous?: unknown): any => {
    const start = table[at++] as number;
    const end = table[at++] as number;
    if (end === 0) return start === 0 ? previous : values[start];
    return start < 0 ? JSON.parse(text.slice(~start, end)) : text.slice(start, end);
  };
  let id: string | undefined;
  let number: string | undefined;
  let companyId: string | undefined;
  let capabilities: string | undefined;
  let custom: boolean | undefined;
  let provider: string | undefined;
  let status: string | undefined;
  let numberType: string | undefined;
  let createdAt: string | undefined;
  let updatedAt: string | undefined;
  let location: string | null | undefined;
  // Elements that are there already, as after this spread, can be assigned.
  const data: unknown[] = [...Array(table.length / rowLength)];
  for (let index = 0; index < data.length; index++) {
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
    const others = next();
    const documented =
      location === undefined
        ? { id, number, companyId, capabilities, custom, provider, status, numberType, createdAt, updatedAt }
        : {
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
            location,
          };
    data[index] = others === undefined ? documented : { ...documented, ...JSON.parse(`{${others}`) };
  }
  return data as PhoneNumber[];
}
