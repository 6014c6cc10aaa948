import type { InstaViewError, InstaViewErrorType } from "instaview-phone-numbers";
import type { Listing } from "./state.ts";
import type { View } from "./view.ts";

/** What happened and what to do about it, for the person at the screen. */
export interface ErrorMessage {
  title: string;
  advice: string;
  /** Whether the same request may succeed, now or once something has been corrected elsewhere. */
  retry: boolean;
}

const MESSAGES: Record<InstaViewErrorType, ErrorMessage> = {
  invalid_argument: {
    title: "The request was not sent: something in it is wrong",
    advice: "Correct what is listed below.",
    retry: false,
  },
  configuration: {
    title: "This dashboard is not set up correctly",
    advice: "Whoever runs its server can correct what is listed below. Then reload the page.",
    retry: false,
  },
  authentication: {
    title: "InstaView refused the API key",
    advice:
      "It may be mistyped, revoked or expired. Give this dashboard’s server a valid key, then try again.",
    retry: true,
  },
  permission: {
    title: "The API key may not list these phone numbers",
    advice:
      "It may be suspended, lack a permission or belong to another company. Check it in InstaView’s settings, then try again.",
    retry: true,
  },
  not_found: {
    title: "The list of phone numbers was not found",
    advice: "Check the API address that this dashboard’s server was started with, then try again.",
    retry: true,
  },
  bad_request: {
    title: "InstaView did not accept the request",
    advice: "The answer below says why. An ATS partner key always needs a company.",
    retry: false,
  },
  rate_limit: {
    title: "Too many requests",
    advice: "InstaView limits how many requests a key may make in a minute and in an hour.",
    retry: true,
  },
  server: {
    title: "InstaView is not available",
    advice: "This usually passes quickly. Wait a moment, then try again.",
    retry: true,
  },
  http: {
    title: "InstaView answered in an unexpected way",
    advice:
      "Try again. If this persists, check the API address that this dashboard’s server was started with.",
    retry: true,
  },
  connection: {
    title: "The connection failed",
    advice: "Check that you are online and that this dashboard’s server is running, then try again.",
    retry: true,
  },
  timeout: {
    title: "InstaView took too long to answer",
    advice: "It may be busy, or the connection may be slow. Wait a moment, then try again.",
    retry: true,
  },
  invalid_response: {
    title: "InstaView’s answer could not be understood",
    advice:
      "Nothing is shown, rather than something wrong. Try again. If this persists, share the details below with InstaView.",
    retry: true,
  },
  listing_changed: {
    title: "The phone numbers changed while they were loaded",
    advice: "Some were added or removed in the meantime. Load them again to see all of them.",
    retry: true,
  },
  internal: {
    title: "This dashboard made a mistake",
    advice: "Reload the page. If this persists, share the details below with whoever maintains it.",
    retry: false,
  },
};

/** What an ATS partner without a company is told, which is no mistake yet. */
export const COMPANY_NEEDED = {
  title: "Choose a company",
  text:
    "An ATS partner key manages many companies, so InstaView must be told whose phone numbers to list. " +
    "Nothing has been sent.",
};

/** An ATS partner has to choose a company first. The package knows, and has sent nothing. */
export function needsCompany({ keyType, company }: View, { type }: InstaViewError): boolean {
  return keyType === "ats" && company === "" && type === "invalid_argument";
}

/** Whether the company's ID is what the package refused. */
export function isCompanyInvalid({ error, status }: Pick<Listing, "error" | "status">): boolean {
  return status === "failed" && error?.type === "invalid_argument" && error.issues[0]?.path === "companyId";
}

/** An error of a type that a newer version of the package may have is a mistake of this page, too. */
export function errorMessage({ type }: InstaViewError): ErrorMessage {
  return MESSAGES[type] ?? MESSAGES.internal;
}

/** What helps whoever has to find the cause. */
export function errorDetails(error: InstaViewError): string[] {
  const { messages, issues, requestId, attempts, code, status } = error;
  const details = messages.map((message) => `InstaView says: ${message}`);
  for (const { path, expected, received } of issues.slice(0, MOST_ISSUES)) {
    details.push(`${path}: expected ${expected}, received ${received}`);
  }
  if (issues.length > MOST_ISSUES) details.push(`… and ${issues.length - MOST_ISSUES} more of this kind`);
  if (details.length === 0) details.push(error.message);
  const facts = [
    status !== undefined && `HTTP ${status}`,
    code,
    attempts > 1 && `${attempts} attempts`,
    requestId !== undefined && `Request ${requestId}`,
  ].filter(Boolean);
  if (facts.length > 0) details.push(facts.join(" · "));
  return details;
}

const MOST_ISSUES = 5;

/** Why a call tries again, within a sentence. */
export const RETRY_REASONS: Partial<Record<InstaViewErrorType, string>> = {
  connection: "The connection failed",
  timeout: "InstaView took too long",
  rate_limit: "Too many requests",
  server: "InstaView is not available",
};
