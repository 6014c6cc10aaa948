/** E.164: a plus, the country's calling code of one to three digits, the national number. */
const E164 = /^\+(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})(\d+)$/;

/** The calling code and the national number of an E.164 number. */
export function splitNumber(number: string): { callingCode: string; national: string } | undefined {
  const [, callingCode, national] = E164.exec(number) ?? [];
  return callingCode === undefined || national === undefined ? undefined : { callingCode, national };
}

/**
 * `+14155552671` as `+1 415 555 2671`. Every country groups its digits in its own way: groups of three, of which the
 * last may have two or four, are legible for all.
 */
export function formatNumber(number: string): string {
  const parts = splitNumber(number);
  return parts ? `+${parts.callingCode} ${parts.national.replace(/\d{3}(?=\d{2})/g, "$& ")}` : number;
}
