import type { InstaViewError, PhoneNumberPage } from "instaview-phone-numbers";
import { CAPABILITY_LABELS } from "./format.ts";

export const PAGE_SIZES = [10, 20, 50, 100] as const;
const DEFAULT_PAGE_SIZE = 20;
const LAST_PAGE_OF_THE_API = 10_000;

export const CAPABILITY_FILTERS = ["ALL", ...Object.keys(CAPABILITY_LABELS)];

/** What the user asked to see: all of it is in the query of the page's URL. */
export interface View {
  page: number;
  limit: number;
  /** `ALL`, or the capability that a number must support. */
  capability: string;
}

/** What came of loading the page of a view. */
export type Outcome =
  | { type: "loading" }
  | { type: "loaded"; page: PhoneNumberPage }
  | { type: "failed"; error: InstaViewError };

/** Everything that the page shows. */
export interface State {
  view: View;
  outcome: Outcome;
  /** As last answered, so that it is known while another page loads. */
  total: number | undefined;
  /** As last answered for the view's limit. */
  pageCount: number | undefined;
}

/** What the user can do. */
export interface Actions {
  show(change: Partial<View>): void;
  retry(): void;
}

/** Reads a view from a URL's query. What is absent or makes no sense has its default. */
export function readView(query: string): View {
  const parameters = new URLSearchParams(query);
  const page = Number(parameters.get("page"));
  const limit = Number(parameters.get("limit"));
  const capability = parameters.get("capability") ?? "";
  return {
    page: Number.isInteger(page) && page >= 1 && page <= LAST_PAGE_OF_THE_API ? page : 1,
    limit: PAGE_SIZES.find((size) => size === limit) ?? DEFAULT_PAGE_SIZE,
    capability: CAPABILITY_FILTERS.includes(capability) ? capability : "ALL",
  };
}

/** The query for a view. */
export function viewQuery({ page, limit, capability }: View): string {
  return `?${new URLSearchParams({ page: String(page), limit: String(limit), capability })}`;
}
