//! What `onEvent` listeners see.

use serde::{Serialize, Serializer};
use tsify::Tsify;

use crate::error::InstaViewErrorType;
use crate::issue::Issue;
use crate::rate_limit::RateLimit;
use crate::record::{self, Member};

/// What happens in a call: every request, response, retry and wait. No event holds a header's value or a key.
///
/// `callId` is the same integer for all events of one call, unique among the calls of a process; all pages of a listing are
/// one call. Durations and delays are milliseconds; attempts are counted from 1.
#[derive(Tsify)]
#[tsify(type = "{ callId: number } & CallEvent")]
pub struct ClientEvent<'a> {
    /// Of which call it is.
    pub call_id: u32,
    /// What happens.
    pub event: &'a CallEvent,
}

/// A {@link ClientEvent}, but for its `callId`.
#[derive(Tsify)]
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
        #[tsify(optional)]
        request_id: Option<String>,
        /// What the server reports of its rate limits.
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
        /// How long, at most: a response may end the wait before.
        delay: f64,
        /// The window that has nothing left, or the server's `Retry-After`.
        #[tsify(type = "\"minute\" | \"hour\" | \"retry-after\"")]
        window: &'static str,
    },
    /// The `rateLimitStore` has failed: for a second, the client keeps its own part of the rate limits.
    RateLimitStoreError {
        /// What happened, for people.
        message: String,
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

impl Serialize for ClientEvent<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use Member::{Number, Text};
        let number = |number: u32| Number(number.into());
        let id = ("callId", number(self.call_id));
        let members = match self.event {
            CallEvent::Request {
                method,
                url,
                attempt,
            } => vec![
                id,
                ("type", Text("request")),
                ("method", Text(method)),
                ("url", Text(url)),
                ("attempt", number(*attempt)),
            ],
            CallEvent::Response {
                status,
                duration,
                attempt,
                request_id,
                rate_limit,
            } => vec![
                id,
                ("type", Text("response")),
                ("status", Number((*status).into())),
                ("duration", Number(*duration)),
                ("attempt", number(*attempt)),
                ("requestId", Member::text(request_id.as_deref())),
                (
                    "rateLimit",
                    rate_limit.map_or(Member::Absent, Member::RateLimit),
                ),
            ],
            CallEvent::Retry {
                reason,
                delay,
                attempt,
            } => vec![
                id,
                ("type", Text("retry")),
                ("reason", Text(reason.word())),
                ("delay", Number(*delay)),
                ("attempt", number(*attempt)),
            ],
            CallEvent::RateLimitWait { delay, window } => vec![
                id,
                ("type", Text("rateLimitWait")),
                ("delay", Number(*delay)),
                ("window", Text(window)),
            ],
            CallEvent::RateLimitStoreError { message } => vec![
                id,
                ("type", Text("rateLimitStoreError")),
                ("message", Text(message)),
            ],
            CallEvent::ContractViolation { issues } => vec![
                id,
                ("type", Text("contractViolation")),
                ("issues", Member::Issues(issues)),
            ],
            CallEvent::ListingChanged {
                page,
                expected_total,
                total,
                duplicates,
            } => vec![
                id,
                ("type", Text("listingChanged")),
                ("page", number(*page)),
                ("expectedTotal", Number(*expected_total)),
                ("total", Number(*total)),
                ("duplicates", number(*duplicates)),
            ],
        };
        record::serialize(serializer, &members)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rate_limit::RateLimitWindow;

    fn written(event: &CallEvent) -> serde_json::Value {
        serde_json::to_value(ClientEvent { call_id: 7, event }).expect("a record")
    }

    #[test]
    fn every_event_is_written_as_its_type_says() {
        let event = CallEvent::Request {
            method: "GET",
            url: "https://example.com".into(),
            attempt: 1,
        };
        assert_eq!(
            written(&event),
            json!({ "callId": 7.0, "type": "request", "method": "GET", "url": "https://example.com", "attempt": 1.0 })
        );
        let event = CallEvent::Retry {
            reason: InstaViewErrorType::RateLimit,
            delay: 500.0,
            attempt: 2,
        };
        assert_eq!(
            written(&event),
            json!({ "callId": 7.0, "type": "retry", "reason": "rate_limit", "delay": 500.0, "attempt": 2.0 })
        );
        let event = CallEvent::RateLimitWait {
            delay: 500.0,
            window: "hour",
        };
        assert_eq!(
            written(&event),
            json!({ "callId": 7.0, "type": "rateLimitWait", "delay": 500.0, "window": "hour" })
        );
        let event = CallEvent::RateLimitStoreError {
            message: "admit: no result within 250 ms".into(),
        };
        assert_eq!(
            written(&event),
            json!({ "callId": 7.0, "type": "rateLimitStoreError", "message": "admit: no result within 250 ms" })
        );
        let event = CallEvent::ContractViolation {
            issues: vec![Issue::new("$.data[0].id", "a string", "7")],
        };
        assert_eq!(
            written(&event),
            json!({ "callId": 7.0, "type": "contractViolation", "issues": [
                { "path": "$.data[0].id", "expected": "a string", "received": "7" }
            ] })
        );
        let event = CallEvent::ListingChanged {
            page: 3,
            expected_total: 20.0,
            total: 19.0,
            duplicates: 1,
        };
        assert_eq!(
            written(&event),
            json!({ "callId": 7.0, "type": "listingChanged", "page": 3.0, "expectedTotal": 20.0, "total": 19.0, "duplicates": 1.0 })
        );
    }

    #[test]
    fn what_a_response_does_not_say_is_left_out() {
        let event = |request_id: Option<&str>, rate_limit| CallEvent::Response {
            status: 200,
            duration: 12.0,
            attempt: 1,
            request_id: request_id.map(Into::into),
            rate_limit,
        };
        assert_eq!(
            written(&event(None, None)),
            json!({ "callId": 7.0, "type": "response", "status": 200.0, "duration": 12.0, "attempt": 1.0 })
        );
        let minute = RateLimitWindow {
            limit: 60.0,
            remaining: 59.0,
            reset_at: 1000.0,
        };
        let rate_limit = RateLimit {
            minute: Some(minute),
            hour: None,
        };
        assert_eq!(
            written(&event(Some("r-1"), Some(rate_limit))),
            json!({
                "callId": 7.0, "type": "response", "status": 200.0, "duration": 12.0, "attempt": 1.0, "requestId": "r-1",
                "rateLimit": { "minute": { "limit": 60.0, "remaining": 59.0, "resetAt": 1000.0 } }
            })
        );
    }
}
