import { supportsCapability } from "instaview-phone-numbers";
import { expect, it } from "vitest";

it.each([
  ["OUTBOUND", "OUTBOUND", true],
  ["OUTBOUND", "INBOUND", false],
  ["INBOUND", "INBOUND", true],
  ["INBOUND", "OUTBOUND", false],
  ["INBOUND_OUTBOUND", "OUTBOUND", true],
  ["INBOUND_OUTBOUND", "INBOUND", true],
  ["INBOUND_OUTBOUND", "INBOUND_OUTBOUND", true],
  ["OUTBOUND", "INBOUND_OUTBOUND", false],
  ["INBOUND_OUTBOUND", "SMS", false],
  ["SMS", "SMS", true],
])("a number with %s supports %s: %s", (capabilities, capability, supported) => {
  expect(supportsCapability({ capabilities }, capability)).toBe(supported);
});
