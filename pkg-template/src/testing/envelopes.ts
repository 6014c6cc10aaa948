import type { PhoneNumber } from "../../wasm/core.js";

/**
 * The shape of a success answer. The API's documentation shows `flat`, `nested`, `guide` and `enveloped`;
 * `enveloped-nested` is what follows from combining the last with `nested`. (`guide` is enveloped already.)
 */
export const ENVELOPES = ["flat", "nested", "guide", "enveloped", "enveloped-nested"] as const;
export type Envelope = (typeof ENVELOPES)[number];

/** One page of phone numbers, and its place in the whole. */
export interface Page {
  data: readonly PhoneNumber[];
  total: number;
  page: number;
  limit: number;
  totalPages: number;
}

/** The body of a success answer. `now` is Unix time in milliseconds. */
export function inEnvelope(envelope: Envelope, page: Page, now: number): object {
  switch (envelope) {
    case "flat":
      return page;
    case "nested":
      return { data: page };
    case "guide":
      return success(inGuideShape(page), now);
    case "enveloped":
      return success(page, now);
    case "enveloped-nested":
      return success({ data: page }, now);
  }
}

function success(data: object, now: number) {
  return { success: true, data, error: null, timestamp: new Date(now).toISOString() };
}

function inGuideShape({ data, ...counts }: Page) {
  return {
    items: data,
    pagination: {
      ...counts,
      hasNextPage: counts.page < counts.totalPages,
      hasPreviousPage: counts.page > 1,
    },
  };
}
