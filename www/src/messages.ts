import type { InstaViewError, InstaViewErrorType } from "instaview-phone-numbers";
import { formatWait } from "./format.ts";

/** What happened and what to do about it, for the person at the screen. */
export interface ErrorMessage {
  title: string;
  advice: string;
  /** Whether the same request may well succeed. */
  retry: boolean;
}

const MESSAGES: Partial<Record<InstaViewErrorType, ErrorMessage>> = {
  authentication: {
    title: "InstaView refused the API key",
    advice:
      "It may be mistyped, revoked or expired. Start this dashboard with a valid key, then reload the page.",
    retry: false,
  },
  permission: {
    title: "The API key may not list these phone numbers",
    advice: "It may be suspended or lack a permission. Check it in InstaView’s settings.",
    retry: false,
  },
  not_found: {
    title: "The list of phone numbers was not found",
    advice: "Check the API address that this dashboard was started with.",
    retry: false,
  },
  bad_request: {
    title: "InstaView did not accept the request",
    advice: "Its answer below says why. An ATS partner key does not work here: it always needs a company.",
    retry: false,
  },
  rate_limit: {
    title: "Too many requests",
    advice: "InstaView limits how often a key may ask. Wait a minute, then retry.",
    retry: true,
  },
  server: {
    title: "InstaView is not available",
    advice: "Such problems usually pass quickly. Wait a moment, then retry.",
    retry: true,
  },
  http: {
    title: "InstaView answered in an unexpected way",
    advice: "Retry. If it stays, check the API address that this dashboard was started with.",
    retry: true,
  },
  connection: {
    title: "The connection failed",
    advice: "Check that you are online and that this dashboard’s server is running, then retry.",
    retry: true,
  },
  timeout: {
    title: "InstaView took too long to answer",
    advice: "It may be busy, or the connection slow. Wait a moment, then retry.",
    retry: true,
  },
  invalid_response: {
    title: "InstaView’s answer could not be understood",
    advice: "Retry. If it stays, check the API address that this dashboard was started with.",
    retry: true,
  },
};

const UNEXPECTED: ErrorMessage = {
  title: "This dashboard made a mistake",
  advice: "Reload the page. If it happens again, please report it.",
  retry: false,
};

export function errorMessage({ type, retryAfter }: InstaViewError): ErrorMessage {
  const message = MESSAGES[type] ?? UNEXPECTED;
  if (type !== "rate_limit" || retryAfter === undefined) return message;
  return { ...message, advice: `InstaView limits how often a key may ask. Retry ${formatWait(retryAfter)}.` };
}
