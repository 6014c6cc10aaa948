//! The published types of the options. They are TypeScript's alone: the core takes options from the caller's objects by the
//! table of [`rules`](super::rules), because a deserializer could neither take functions nor name what is wrong.

use js_sys::Function;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::model::{
    PhoneNumberCapability, PhoneNumberProvider, PhoneNumberStatus, PhoneNumberType,
};

/// How to reach the API, and as whom. Given once to an {@link InstaViewClient}, or to each call.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ClientOptions {
    /// The API key, sent as `Authorization: Bearer …`, or a function that returns it, called for every attempt. A secret: it
    /// belongs on a server. Default: the environment variable `INSTAVIEW_API_KEY`, where there are environment variables.
    /// Without a key, `baseUrl` must be a backend of your own that adds it.
    #[tsify(
        optional,
        type = "string | (() => string | Promise<string>) | undefined"
    )]
    pub api_key: JsValue,
    /// Where the API is; its path is kept. Default: the environment variable `INSTAVIEW_BASE_URL`, then
    /// `https://api.instaview.sk`. May be relative in a browser, such as `/api`. With a key, only https, or http to this
    /// machine.
    #[tsify(optional, type = "string | URL | undefined")]
    pub base_url: JsValue,
    /// The company to list, a UUID, for every call that names no other.
    #[tsify(optional, type = "string | undefined")]
    pub company_id: Option<String>,
    /// `ats`: a call without a `companyId` is refused before any request. Default: `company`.
    #[tsify(optional, type = "\"company\" | \"ats\" | undefined")]
    pub key_type: Option<String>,
    /// Milliseconds for one attempt, its body included: 1 to 2147483647. Default: 30000.
    #[tsify(optional, type = "number | undefined")]
    pub timeout: Option<u32>,
    /// Retries after the first attempt, where another one may succeed: 0 to 100. Default: 2.
    #[tsify(optional, type = "number | undefined")]
    pub max_retries: Option<u32>,
    /// The longest single wait, in milliseconds, that the server may demand: a call that would have to wait longer for the
    /// next rate-limit window, or the next attempt, fails at once, with `retryAfter`. 0 to 2147483647. Default: 60000.
    #[tsify(optional, type = "number | undefined")]
    pub max_rate_limit_wait: Option<u32>,
    /// `strict`: a phone number that breaks the contract fails the call. `lenient`: it is passed on, with a
    /// `contractViolation` event. Default: `strict`.
    #[tsify(optional, type = "\"strict\" | \"lenient\" | undefined")]
    pub validation: Option<String>,
    /// A fetch of your own, called as the platform's is: with a URL, and an init that has `headers`, `redirect` and `signal`.
    /// npm undici's, node-fetch's and a mock fit, too. Default: the global one, looked up at each call.
    // Each of these libraries has types of its own for headers and responses, which are not those of the platform.
    #[tsify(
        optional,
        type = "((url: string, init: { headers?: any; redirect?: \"follow\" | \"error\" | \"manual\"; signal?: AbortSignal | null }) => Promise<any>) | undefined"
    )]
    pub fetch: Option<Function>,
    /// Headers to add to every request; those of one call replace those of the client that have the same name. `Accept`, and
    /// with a key `Authorization`, are always the package's own.
    // DOM's HeadersInit, by a name that Node's types have too.
    #[tsify(
        optional,
        type = "NonNullable<ConstructorParameters<typeof Headers>[0]> | undefined"
    )]
    pub headers: JsValue,
    /// Called with every request, response, retry and wait, and with changes of a listing. Its events never hold a header's
    /// value or a key; what it throws does not disturb the call.
    #[tsify(optional, type = "((event: ClientEvent) => void) | undefined")]
    pub on_event: Option<Function>,
    /// Where several processes share the rate limits of one key, such as `redisRateLimitStore` of
    /// `instaview-phone-numbers/redis`. While it fails, the client keeps to its own part of them. Default: each client keeps the
    /// limits by itself.
    #[tsify(optional, type = "RateLimitStore | undefined")]
    pub rate_limit_store: JsValue,
    /// Allow an `apiKey` in a browser, where everyone who opens the page can read it. Default: `false`.
    #[tsify(optional, type = "boolean | undefined")]
    pub dangerously_allow_browser: Option<bool>,
}

/// tsify knows no methods.
#[wasm_bindgen(typescript_custom_section)]
const RATE_LIMIT_STORE: &str = r#"
/**
 * Shares what is known of one key's rate limits between processes. Whatever it does, no call fails or hangs because of it: where it
 * throws, rejects, gives something else or takes more than 250 ms, the client keeps its own part of the limits for a second, and
 * says so in a `rateLimitStoreError` event.
 *
 * Two things are optional, and not in this type: a store may have a `timeout`, which replaces the 250 ms; and what `admit` gives may
 * have `clients`, among how many the limits are divided while the store is down (default: 1).
 *
 * `instaview-phone-numbers/redis` has one. The README shows how to write another.
 */
export interface RateLimitStore {
  /**
   * Lets one request through both windows, or through neither.
   *
   * @param id - Stands for key and base URL, and does not give them away.
   * @param lease - Milliseconds after which a request that has not been finished is forgotten: its process has died.
   * @returns A permit, a text that `finish` gets; or for how many milliseconds to wait before the next try, and why.
   *
   * @example
   * ```ts
   * const admission = await store.admit(id, 31_000);
   * if (admission.admitted) await store.finish(id, admission.permit, {});
   * ```
   */
  admit(
    id: string,
    lease: number,
  ): Promise<
    { admitted: true; permit: string } | { admitted: false; delay: number; window: "minute" | "hour" | "retry-after" }
  >;
  /**
   * The request has ended.
   *
   * @param report - What its response said; nothing where there was none, or it was not sent after all.
   *
   * @example
   * ```ts
   * const minute = { limit: 60, remaining: 59, reset: 1705320120, resetIn: 43_000 };
   * await store.finish(id, permit, { minute });
   * ```
   */
  finish(id: string, permit: string, report: RateLimitReport): Promise<void>;
}
"#;

/// What to list.
///
/// Source: InstaView's documentation, "List phone numbers", query parameters.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ListPhoneNumbersParams {
    /// Which page: 1 to 10000. Not sent when absent; the API's default is 1.
    #[tsify(optional, type = "number | undefined")]
    pub page: Option<u32>,
    /// How many phone numbers a page holds at most: 1 to 100. Not sent when absent; the API's default is 20.
    #[tsify(optional, type = "number | undefined")]
    pub limit: Option<u32>,
    /// The company to list, a UUID. Required with an ATS key.
    #[tsify(optional, type = "string | undefined")]
    pub company_id: Option<String>,
}

/// What concerns one call alone.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RequestOptions {
    /// Ends the call at once when it is aborted, whatever the call is doing: the promise is then rejected with
    /// `signal.reason`.
    #[tsify(optional, type = "AbortSignal | undefined")]
    pub signal: JsValue,
    /// Milliseconds for one attempt, its body included: 1 to 2147483647. Default: the client's, then 30000.
    #[tsify(optional, type = "number | undefined")]
    pub timeout: Option<u32>,
    /// Retries after the first attempt, where another one may succeed: 0 to 100. Default: the client's, then 2.
    #[tsify(optional, type = "number | undefined")]
    pub max_retries: Option<u32>,
    /// Headers to add to the request; they replace those of the client that have the same name.
    #[tsify(
        optional,
        type = "NonNullable<ConstructorParameters<typeof Headers>[0]> | undefined"
    )]
    pub headers: JsValue,
    /// Called with the events of this call alone, after the client's own listener.
    ///
    /// @example
    /// ```ts
    /// await client.listPhoneNumbers({}, {
    ///   onEvent(event) {
    ///     if (event.type === "response") console.log(event.requestId, event.rateLimit);
    ///   },
    /// });
    /// ```
    #[tsify(optional, type = "((event: ClientEvent) => void) | undefined")]
    pub on_event: Option<Function>,
}

/// Everything that a single call of `listPhoneNumbers` takes.
#[derive(Tsify)]
#[tsify(type = "ClientOptions & ListPhoneNumbersParams & RequestOptions")]
pub struct ListPhoneNumbersOptions;

/// What to list, where all pages are wanted.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ListAllParams {
    /// How many phone numbers a page holds at most: 1 to 100. Default: 100, for the fewest requests.
    #[tsify(optional, type = "number | undefined")]
    pub limit: Option<u32>,
    /// The company to list, a UUID. Required with an ATS key.
    #[tsify(optional, type = "string | undefined")]
    pub company_id: Option<String>,
    /// Pages fetched at once after the first, 1 to 10, all of which may be held in memory. Their order is kept, also where a
    /// page fails: those before it are given, those after it cancelled. Default: 1.
    #[tsify(optional, type = "number | undefined")]
    pub concurrency: Option<u32>,
    /// What happens when the listing changes while it is read: its total, page count or page size, a number that comes twice, a
    /// page that is not full though another one follows. `strict`: it fails with `listing_changed`, also where its total is not
    /// what was given in the end. `lenient`: a `listingChanged` event reports it. Default: `lenient`. In both, no number is
    /// given twice, and a server that returns other pages than the requested ones, or nothing new for too long, ends it.
    #[tsify(optional, type = "\"strict\" | \"lenient\" | undefined")]
    pub consistency: Option<String>,
}

/// What a phone number must be to be found: everything that is given.
///
/// @example
/// ```ts
/// const criteria: PhoneNumberCriteria = { capability: "OUTBOUND", where: ({ location }) => location === "Košice, SK" };
/// ```
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PhoneNumberCriteria {
    /// A number that supports this direction: `OUTBOUND` also finds `INBOUND_OUTBOUND`.
    #[tsify(optional, type = "PhoneNumberCapability | undefined")]
    pub capability: Option<PhoneNumberCapability>,
    /// Whether it can be used, such as `AVAILABLE`.
    #[tsify(optional, type = "PhoneNumberStatus | undefined")]
    pub status: Option<PhoneNumberStatus>,
    /// Who provides it.
    #[tsify(optional, type = "PhoneNumberProvider | undefined")]
    pub provider: Option<PhoneNumberProvider>,
    /// What kind of number it is.
    #[tsify(optional, type = "PhoneNumberType | undefined")]
    pub number_type: Option<PhoneNumberType>,
    /// Whether it is a custom one.
    #[tsify(optional, type = "boolean | undefined")]
    pub custom: Option<bool>,
    /// Anything else. What it throws ends the search; a promise is refused.
    #[tsify(optional, type = "((number: PhoneNumber) => boolean) | undefined")]
    pub r#where: Option<Function>,
}
