import type { PhoneNumber, PhoneNumberCapability } from "../wasm/core.js";

/**
 * Whether a phone number supports a call direction: one with `INBOUND_OUTBOUND` supports `INBOUND` and `OUTBOUND` too.
 *
 * @example
 * ```ts
 * const { data } = await listPhoneNumbers();
 * const forCalling = data.filter((number) => supportsCapability(number, "OUTBOUND"));
 * ```
 */
export function supportsCapability(
  number: Pick<PhoneNumber, "capabilities">,
  capability: PhoneNumberCapability,
): boolean {
  return (
    number.capabilities === capability ||
    (number.capabilities === "INBOUND_OUTBOUND" && (capability === "INBOUND" || capability === "OUTBOUND"))
  );
}
