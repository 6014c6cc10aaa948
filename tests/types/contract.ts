/**
 * The public API that the package's generated declarations are held against, both ways: the team's contract, as far as
 * it exists. What is here was copied, not derived.
 */

export type PhoneNumberCapability = "OUTBOUND" | "INBOUND" | "INBOUND_OUTBOUND" | (string & {});
export type PhoneNumberProvider = "TWILIO" | (string & {});
export type PhoneNumberStatus = "AVAILABLE" | (string & {});
export type PhoneNumberType = "LOCAL" | (string & {});

export interface PhoneNumber {
  id: string;
  number: string;
  companyId: string;
  capabilities: PhoneNumberCapability;
  custom: boolean;
  provider: PhoneNumberProvider;
  status: PhoneNumberStatus;
  numberType: PhoneNumberType;
  createdAt: string;
  updatedAt: string;
  location?: string | null;
}

export interface PhoneNumberPage {
  data: PhoneNumber[];
  total: number;
  page: number;
  limit: number;
  totalPages: number;
  hasNextPage: boolean;
}

export interface Issue {
  path: string;
  expected: string;
  received: string;
}

export interface RateLimitWindow {
  limit: number;
  remaining: number;
  resetAt: number;
}
export interface RateLimit {
  minute?: RateLimitWindow;
  hour?: RateLimitWindow;
}

export interface ClientOptions {
  apiKey?: string | (() => string | Promise<string>) | undefined;
  baseUrl?: string | URL | undefined;
  companyId?: string | undefined;
  keyType?: "company" | "ats" | undefined;
  timeout?: number | undefined;
  maxRetries?: number | undefined;
  maxRateLimitWait?: number | undefined;
  validation?: "strict" | "lenient" | undefined;
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  headers?: HeadersInit | undefined;
  onEvent?: ((event: ClientEvent) => void) | undefined;
  rateLimitStore?: RateLimitStore | undefined;
  dangerouslyAllowBrowser?: boolean | undefined;
}

export interface ListPhoneNumbersParams {
  page?: number | undefined;
  limit?: number | undefined;
  companyId?: string | undefined;
}

export interface RequestOptions {
  signal?: AbortSignal | undefined;
  timeout?: number | undefined;
  maxRetries?: number | undefined;
  headers?: HeadersInit | undefined;
  onEvent?: ((event: ClientEvent) => void) | undefined;
}

export type ListPhoneNumbersOptions = ClientOptions & ListPhoneNumbersParams & RequestOptions;

export interface ListAllParams extends Omit<ListPhoneNumbersParams, "page"> {
  concurrency?: number | undefined;
  consistency?: "strict" | "lenient" | undefined;
}

export interface PhoneNumberListing extends AsyncIterable<PhoneNumber> {
  pages(): AsyncIterableIterator<PhoneNumberPage>;
  toArray(options?: { limit?: number }): Promise<PhoneNumber[]>;
}

export interface PhoneNumberCriteria {
  capability?: PhoneNumberCapability | undefined;
  status?: PhoneNumberStatus | undefined;
  provider?: PhoneNumberProvider | undefined;
  numberType?: PhoneNumberType | undefined;
  custom?: boolean | undefined;
  where?: ((number: PhoneNumber) => boolean) | undefined;
}

export declare function listPhoneNumbers(options?: ListPhoneNumbersOptions): Promise<PhoneNumberPage>;
export declare function listAllPhoneNumbers(
  options?: ClientOptions & ListAllParams & RequestOptions,
): PhoneNumberListing;
export declare function findPhoneNumber(
  criteria: PhoneNumberCriteria,
  options?: ClientOptions & ListAllParams & RequestOptions,
): Promise<PhoneNumber | undefined>;
export declare function supportsCapability(
  number: Pick<PhoneNumber, "capabilities">,
  capability: PhoneNumberCapability,
): boolean;

export declare class InstaViewClient {
  constructor(options?: ClientOptions);
  listPhoneNumbers(params?: ListPhoneNumbersParams, options?: RequestOptions): Promise<PhoneNumberPage>;
  listAllPhoneNumbers(params?: ListAllParams, options?: RequestOptions): PhoneNumberListing;
  findPhoneNumber(
    criteria: PhoneNumberCriteria,
    params?: ListAllParams,
    options?: RequestOptions,
  ): Promise<PhoneNumber | undefined>;
  readonly rateLimit: RateLimit | undefined;
}

export type InstaViewErrorType =
  | "invalid_argument"
  | "configuration"
  | "authentication"
  | "permission"
  | "not_found"
  | "bad_request"
  | "rate_limit"
  | "server"
  | "http"
  | "connection"
  | "timeout"
  | "invalid_response"
  | "listing_changed"
  | "internal";

export declare class InstaViewError extends Error {
  readonly type: InstaViewErrorType;
  readonly status?: number;
  readonly code?: string;
  readonly messages: string[];
  readonly details?: unknown;
  readonly issues: Issue[];
  readonly requestId?: string;
  readonly rateLimit?: RateLimit;
  readonly retryAfter?: number;
  readonly attempts: number;
  toJSON(): Record<string, unknown>;
}
export declare function isInstaViewError(value: unknown): value is InstaViewError;

export type ClientEvent = { callId: number } & (
  | { type: "request"; method: "GET"; url: string; attempt: number }
  | {
      type: "response";
      status: number;
      duration: number;
      attempt: number;
      requestId?: string;
      rateLimit?: RateLimit;
    }
  | { type: "retry"; reason: InstaViewErrorType; delay: number; attempt: number }
  | { type: "rateLimitWait"; delay: number; window: "minute" | "hour" | "retry-after" }
  | { type: "rateLimitStoreError"; message: string }
  | { type: "contractViolation"; issues: Issue[] }
  | { type: "listingChanged"; page: number; expectedTotal: number; total: number; duplicates: number }
);

export interface RateLimitStore {
  admit(
    id: string,
    lease: number,
  ): Promise<
    | { admitted: true; permit: string }
    | { admitted: false; delay: number; window: "minute" | "hour" | "retry-after" }
  >;
  finish(id: string, permit: string, report: RateLimitReport): Promise<void>;
}
export interface RateLimitReport {
  minute?: ReportedWindow;
  hour?: ReportedWindow;
  retryAfter?: number;
}
export interface ReportedWindow {
  limit: number;
  remaining: number;
  reset: number;
  resetIn: number;
}

export interface FakeInstaViewOptions {
  phoneNumbers?: readonly PhoneNumber[] | number;
  envelope?: "flat" | "nested" | "guide" | "enveloped";
  rateLimit?: { minute: number; hour: number };
  latency?: number;
  now?: () => number;
}
export interface FakeInstaView {
  readonly fetch: (url: string, init?: RequestInit | Request) => Promise<Response>;
  phoneNumbers: PhoneNumber[];
  readonly requests: readonly { url: string; page: number; limit: number; companyId?: string }[];
  respondNext(...responses: FakeResponse[]): void;
  reset(): void;
}
export type FakeResponse =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | "connection error"
  | "never"
  | "invalid JSON";
