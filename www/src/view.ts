export const PAGE_SIZES = [10, 20, 50, 100] as const;
const DEFAULT_PAGE_SIZE = 20;
/** The last page that the API gives, in pages of the largest size. */
const LAST_PAGE = 10_000;

export const FILTERS = ["capability", "status", "type", "provider", "country"] as const;
export type Filter = (typeof FILTERS)[number];

export const SORTABLE = ["number", "location", "type", "provider", "status", "created"] as const;
export type SortKey = (typeof SORTABLE)[number];
export interface Sort {
  by: SortKey;
  descending: boolean;
}

/** What the user asked to see: all of it is in the query of the page's URL. */
export interface View {
  /** Which of the server's keys is used. */
  keyType: "company" | "ats";
  /** The company that an ATS partner has chosen, or an empty text. */
  company: string;
  /** All of the numbers, however many there are; else all where there are few, and the API's pages where there are many. */
  scope: "auto" | "all";
  page: number;
  limit: number;
  /** What happens when the listing changes while all of it is read. */
  consistency: "lenient" | "strict";
  /** The values that are wanted. What is absent may be anything; the API's enums are open, so that a value may be empty. */
  filters: Partial<Record<Filter, string>>;
  search: string;
  /** Absent: the order of the API. */
  sort?: Sort | undefined;
}

/** Reads a view from a URL's query. What is absent or makes no sense has its default. */
export function readView(query: string): View {
  const parameters = new URLSearchParams(query);
  const text = (name: string) => parameters.get(name) ?? "";
  const page = Number(text("page"));
  const limit = Number(text("limit"));
  return {
    keyType: text("key") === "ats" ? "ats" : "company",
    company: text("company"),
    scope: text("scope") === "all" ? "all" : "auto",
    page: Number.isInteger(page) && page >= 1 && page <= LAST_PAGE ? page : 1,
    limit: PAGE_SIZES.find((size) => size === limit) ?? DEFAULT_PAGE_SIZE,
    consistency: text("consistency") === "strict" ? "strict" : "lenient",
    filters: Object.fromEntries(
      FILTERS.filter((name) => parameters.has(name)).map((name) => [name, text(name)]),
    ),
    search: text("q"),
    sort: readSort(text("sort")),
  };
}

/** `created`, or `-created` from the last to the first. */
export function readSort(text: string): Sort | undefined {
  const descending = text.startsWith("-");
  const by = SORTABLE.find((key) => key === text.slice(descending ? 1 : 0));
  return by && { by, descending };
}

export function writeSort(sort: Sort | undefined): string {
  return sort ? `${sort.descending ? "-" : ""}${sort.by}` : "";
}

/** The query for a view: what has its default is left out. */
export function viewQuery(view: View): string {
  const { keyType, company, scope, page, limit, consistency, filters, search, sort } = view;
  const parameters = new URLSearchParams();
  const add = (name: string, value: string | number, fallback: string | number) => {
    if (value !== fallback) parameters.set(name, String(value));
  };
  add("key", keyType, "company");
  add("company", company, "");
  add("scope", scope, "auto");
  add("page", page, 1);
  add("limit", limit, DEFAULT_PAGE_SIZE);
  add("consistency", consistency, "lenient");
  for (const name of FILTERS) {
    const value = filters[name];
    if (value !== undefined) parameters.set(name, value);
  }
  add("q", search, "");
  add("sort", writeSort(sort), "");
  return parameters.size > 0 ? `?${parameters}` : "";
}

/** The filters with another choice in one of them: any value, where it is undefined. */
export function withFilter(
  filters: View["filters"],
  name: Filter,
  value: string | undefined,
): View["filters"] {
  const { [name]: _, ...others } = filters;
  return value === undefined ? others : { ...others, [name]: value };
}

/** Whether less is asked for than everything. */
export function isNarrowed({ filters, search }: View): boolean {
  return Object.keys(filters).length > 0 || search.trim() !== "";
}

/** What is shown when nothing is narrowed any more. */
export const NOT_NARROWED = { filters: {}, search: "", page: 1 } as const satisfies Partial<View>;
