//! What `onEvent` listeners see.

use serde::Serialize;
use tsify::Tsify;

use crate::error::InstaViewErrorType;
use crate::issue::Issue;
use crate::rate_limit::RateLimit;

/// What happens in a call: every request, response, retry and wait. No event holds a header's value or a key.
///
/// `callId` is the same integer for all events of one call, unique among the calls of a process; all pages of a listing are
/// one call. Durations and delays are milliseconds; attempts are counted from 1.
#[derive(Tsify)]
#[tsify(type = "{ callId: number } & CallEvent")]
pub struct ClientEvent;

/// A {@link ClientEvent}, but for its `callId`.
#[derive(Serialize, Tsify)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum CallEvent {
    /// A request is sent.
    Request {
        /// Always `GET`.
        #[tsify(type = "\"GET\"")]
        method: &'static str,
        /// Where it is sent.
        url: String,
        /// Which attempt of the call it is.
        attempt: u32,
    },
    /// The headers of a response have arrived.
    Response {
        /// The HTTP status; 0 for a redirect in a browser, which hides it.
        status: u16,
        /// Since the request was sent.
        duration: f64,
        /// Which attempt of the call it is.
        attempt: u32,
        /// The server's name for the request.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[tsify(optional)]
        request_id: Option<String>,
        /// What the server reports of its rate limits.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[tsify(optional)]
        rate_limit: Option<RateLimit>,
    },
    /// An attempt has failed, and another one follows.
    Retry {
        /// Why it failed.
        reason: InstaViewErrorType,
        /// Until the next attempt.
        delay: f64,
        /// Which attempt failed.
        attempt: u32,
    },
    /// The call waits because of the rate limit.
    RateLimitWait {
        /// How long.
        delay: f64,
        /// The window that has nothing left, or the server's `Retry-After`.
        #[tsify(type = "\"minute\" | \"hour\" | \"retry-after\"")]
        window: &'static str,
    },
    /// A phone number breaks the contract, and is passed on all the same: `validation` is `lenient`.
    ContractViolation {
        /// What is wrong, the first 20 problems.
        issues: Vec<Issue>,
    },
    /// A listing changed while it was read, and goes on all the same: `consistency` is `lenient`. Numbers that were added
    /// or removed meanwhile may be missing; none is given twice.
    ListingChanged {
        /// The page that shows it.
        page: u32,
        /// How many phone numbers there were, by the page before.
        expected_total: f64,
        /// How many there are, by this page.
        total: f64,
        /// How many of this page's phone numbers were given already.
        duplicates: u32,
    },
}
