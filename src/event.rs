//! What `onEvent` is told.

use tsify::Tsify;

use crate::failure::InstaViewErrorType;
use crate::issue::Issue;
use crate::rate_limit::RateLimit;

/// What happens in a call: every request, response, retry and wait. No event holds a header's value or a key.
///
/// Durations and delays are milliseconds; attempts are counted from 1.
#[derive(Tsify)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum ClientEvent {
    /// A request is sent.
    Request {
        /// Always `GET`.
        #[tsify(type = "\"GET\"")]
        method: &'static str,
        /// Where to.
        url: String,
        /// Which attempt of the call it is.
        attempt: u32,
    },
    /// The headers of an answer have come.
    Response {
        /// The HTTP status; 0 for a redirect in a browser, which does not tell.
        status: u16,
        /// Since the request was sent.
        duration: f64,
        /// Which attempt of the call it is.
        attempt: u32,
        /// The server's name for the request.
        #[tsify(optional)]
        request_id: Option<String>,
        /// What the server says of its rate limits.
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
        window: String,
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
        expected_total: u64,
        /// How many there are, by this page.
        total: u64,
        /// How many of this page's phone numbers were given already.
        duplicates: u32,
    },
}
