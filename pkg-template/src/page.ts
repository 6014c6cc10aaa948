import type { PhoneNumber, PhoneNumberPage } from "../wasm/core.js";

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

/** The table begins with the number of its rows. Each of them says which values are not those of the row before, a bit for each, and where these are. */
function phoneNumbers(text: string, table: Int32Array): PhoneNumber[] {
  let at = 0;
  // biome-ignore lint/suspicious/noExplicitAny: the core has checked the types
  const value = (start = 0, end = 0): any => {
    if (end === 0) return values[start];
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
  const data: unknown[] = [...Array(table[at++])];
  for (let index = 0; index < data.length; index++) {
    const changed = table[at++] as number;
    if (changed & 0x001) id = value(table[at++], table[at++]);
    if (changed & 0x002) number = value(table[at++], table[at++]);
    if (changed & 0x004) companyId = value(table[at++], table[at++]);
    if (changed & 0x008) capabilities = value(table[at++], table[at++]);
    if (changed & 0x010) custom = value(table[at++], table[at++]);
    if (changed & 0x020) provider = value(table[at++], table[at++]);
    if (changed & 0x040) status = value(table[at++], table[at++]);
    if (changed & 0x080) numberType = value(table[at++], table[at++]);
    if (changed & 0x100) createdAt = value(table[at++], table[at++]);
    if (changed & 0x200) updatedAt = value(table[at++], table[at++]);
    if (changed & 0x400) location = value(table[at++], table[at++]);
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
    data[index] =
      changed & 0x800 ? { ...documented, ...JSON.parse(`{${value(table[at++], table[at++])}`) } : documented;
  }
  return data as PhoneNumber[];
}
