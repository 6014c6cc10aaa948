import { ApiError, invalidKey } from "../../pkg-template/src/testing/errors.ts";
import { COMPANIES, type Company } from "./data.ts";

/** The keys that the sandbox knows. None is valid anywhere else. */
export const SANDBOX_KEYS = {
  company: "sk_test_SandboxCompany8Hq2nVxT4LrZ6wKd9Pm",
  otherCompany: "sk_test_SandboxOther3Fy7bJcQ5GtN8sXa1Re",
  ats: "sk_test_SandboxAtsPartner6Wk4mDzU9YhB2vCg",
  suspended: "sk_test_SandboxSuspended5Tn8pLjE3AfM7qXr",
  withoutScope: "sk_test_SandboxNoScope2Cv9kRwH6ZsD4uBy7",
} as const;

/** What the sandbox knows of a key. */
export interface ApiKey {
  /** What the key is for, in words. */
  description: string;
  type: "company" | "ats";
  /** The companies whose phone numbers it may list: exactly one for a company key. */
  companies: readonly [Company, ...Company[]];
  restriction?: "suspended" | "without-scope";
}

/** The companies that the ATS partner manages. */
export const ATS_COMPANIES = [COMPANIES.large, COMPANIES.continental, COMPANIES.empty] as const;

/** Every key that is not answered with 401. */
export const API_KEYS: ReadonlyMap<string, ApiKey> = new Map<string, ApiKey>([
  [
    SANDBOX_KEYS.company,
    {
      description: `company key of ${COMPANIES.large.name}, ${COMPANIES.large.phoneNumbers.length} numbers`,
      type: "company",
      companies: [COMPANIES.large],
    },
  ],
  [
    SANDBOX_KEYS.otherCompany,
    {
      description: `company key of ${COMPANIES.small.name}, ${COMPANIES.small.phoneNumbers.length} numbers`,
      type: "company",
      companies: [COMPANIES.small],
    },
  ],
  [
    SANDBOX_KEYS.ats,
    {
      description:
        `ATS partner key, companyId ${COMPANIES.large.id}, ${COMPANIES.continental.id} (20,000 numbers) ` +
        `or ${COMPANIES.empty.id} (none)`,
      type: "ats",
      companies: ATS_COMPANIES,
    },
  ],
  [
    SANDBOX_KEYS.suspended,
    {
      description: "suspended, answers 403",
      type: "company",
      companies: [COMPANIES.large],
      restriction: "suspended",
    },
  ],
  [
    SANDBOX_KEYS.withoutScope,
    {
      description: "lacks the scope for phone numbers, answers 403",
      type: "company",
      companies: [COMPANIES.large],
      restriction: "without-scope",
    },
  ],
]);

/** Refuses a key that is unknown, suspended or without scope. Only `INVALID_API_KEY` is a documented code. */
export function authenticate(token: string | undefined): ApiKey {
  const key = token === undefined ? undefined : API_KEYS.get(token);
  if (!key) throw invalidKey();
  if (key.restriction === "suspended") {
    throw new ApiError(403, "API_KEY_SUSPENDED", "The API key is suspended");
  }
  if (key.restriction === "without-scope") {
    throw new ApiError(403, "INSUFFICIENT_SCOPE", "The API key lacks a scope that this request needs", {
      requiredScope: "phone-numbers:read",
    });
  }
  return key;
}

/** The company whose phone numbers a request asks for. */
export function authorizedCompany(key: ApiKey, companyId: string | undefined): Company {
  if (companyId === undefined) {
    if (key.type === "ats") {
      throw new ApiError(400, "COMPANY_ID_REQUIRED", "An ATS partner key needs a companyId");
    }
    return key.companies[0];
  }
  const company = key.companies.find(({ id }) => id === companyId.toLowerCase());
  if (!company) {
    throw new ApiError(403, "COMPANY_ACCESS_DENIED", "The API key may not see this company", { companyId });
  }
  return company;
}
