/** The page in a body, read in the plainest way: parsed as a whole, then looked for by the rule. */
export function readPage(bytes: Uint8Array, validation: "strict" | "lenient"): object | undefined {
  let root: unknown;
  try {
    root = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
  if (own(root, "success") === false) return undefined;
  let pageObject = root;
  for (let wrapped = 0; wrapped <= 2; wrapped++) {
    const data = [own(pageObject, "data"), own(pageObject, "items")].find(Array.isArray);
    if (data) return withCounts(pageObject, data, validation);
    pageObject = own(pageObject, "data");
  }
  return undefined;
}

function withCounts(pageObject: unknown, data: unknown[], validation: "strict" | "lenient") {
  const pagination = own(pageObject, "pagination");
  const counts = isObject(pagination) ? pagination : pageObject;
  const [total, page, limit, totalPages] = ["total", "page", "limit", "totalPages"].map((name) => {
    const count = own(counts, name);
    return Number.isSafeInteger(count) && (count as number) >= 0 ? (count as number) : undefined;
  });
  if (total === undefined || page === undefined || limit === undefined || totalPages === undefined)
    return undefined;
  if (validation === "strict" && !data.every(isPhoneNumber)) return undefined;
  return { data, total, page, limit, totalPages, hasNextPage: page < totalPages };
}

const texts = [
  ...["id", "number", "companyId", "capabilities", "provider"],
  ...["status", "numberType", "createdAt", "updatedAt"],
];

function isPhoneNumber(value: unknown): boolean {
  const location = own(value, "location");
  return (
    isObject(value) &&
    texts.every((name) => typeof own(value, name) === "string") &&
    typeof own(value, "custom") === "boolean" &&
    (location === undefined || location === null || typeof location === "string")
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function own(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name as never] : undefined;
}
