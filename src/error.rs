//! What a call fails with.

use serde::{Serialize, Serializer};
use tsify::Tsify;

use crate::issue::{Issue, summary};
use crate::rate_limit::RateLimit;
use crate::record::{self, Member};

/// What went wrong, as one word to decide by:
///
/// - `invalid_argument`: a parameter or option is wrong; nothing was sent
/// - `configuration`: no key, an insecure base URL, a key in a browser, a page or runtime that lacks or forbids what a call
///   needs; nothing was sent
/// - `authentication`: the key is missing, invalid, revoked or expired (401)
/// - `permission`: the key may not do this, or not for this company (403)
/// - `not_found`: there is no such thing (404)
/// - `bad_request`: the API refused the parameters (400, 422)
/// - `rate_limit`: too many requests (429), or a wait longer than `maxRateLimitWait`
/// - `server`: the API failed (5xx)
/// - `http`: any other status, redirects included, and `success: false` on 200 without a better type
/// - `connection`: no response: DNS, refused, reset, CORS, or broken off in the body
/// - `timeout`: no complete response in time
/// - `invalid_response`: the response is not JSON, not UTF-8, not of the documented shape, or too large
/// - `listing_changed`: the listing changed while it was read
/// - `internal`: a defect of this package
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "each is described above, where users of the package read it"
)]
pub enum InstaViewErrorType {
    InvalidArgument,
    Configuration,
    Authentication,
    Permission,
    NotFound,
    BadRequest,
    RateLimit,
    Server,
    Http,
    Connection,
    Timeout,
    InvalidResponse,
    ListingChanged,
    Internal,
}

impl InstaViewErrorType {
    /// The word that JavaScript sees.
    pub fn word(self) -> &'static str {
        match self {
            Self::InvalidArgument => "invalid_argument",
            Self::Configuration => "configuration",
            Self::Authentication => "authentication",
            Self::Permission => "permission",
            Self::NotFound => "not_found",
            Self::BadRequest => "bad_request",
            Self::RateLimit => "rate_limit",
            Self::Server => "server",
            Self::Http => "http",
            Self::Connection => "connection",
            Self::Timeout => "timeout",
            Self::InvalidResponse => "invalid_response",
            Self::ListingChanged => "listing_changed",
            Self::Internal => "internal",
        }
    }
}

/// Why a call, or an attempt of it, has failed: the fields of an `InstaViewError`.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// The error's message.
    pub message: String,
    /// Whether another attempt may succeed.
    pub is_transient: bool,
    /// What went wrong, as one word.
    pub r#type: InstaViewErrorType,
    /// The API's own code, such as `INVALID_API_KEY`.
    pub code: Option<String>,
    /// Every message of the server.
    pub messages: Vec<String>,
    /// What is wrong with the arguments or the response.
    pub issues: Vec<Issue>,
    /// What the head of the response says.
    pub head: Head,
    /// Attempts made, the first included.
    pub attempts: u32,
}

/// What the head of a response says of a failure; nothing where there is no response.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// The HTTP status of the response.
    pub status: Option<u16>,
    /// The server's name for the request.
    pub request_id: Option<String>,
    /// What the server reported of its rate limits.
    pub rate_limit: Option<RateLimit>,
    /// Milliseconds after which another attempt makes sense.
    pub retry_after: Option<f64>,
}

impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let head = &self.head;
        record::serialize(
            serializer,
            &[
                ("type", Member::Text(self.r#type.word())),
                ("status", Member::number(head.status)),
                ("code", Member::text(self.code.as_deref())),
                ("messages", Member::Texts(&self.messages)),
                ("issues", Member::Issues(&self.issues)),
                ("requestId", Member::text(head.request_id.as_deref())),
                (
                    "rateLimit",
                    head.rate_limit.map_or(Member::Absent, Member::RateLimit),
                ),
                ("retryAfter", Member::number(head.retry_after)),
                ("attempts", Member::Number(self.attempts.into())),
            ],
        )
    }
}

impl Failure {
    /// A failure of which only its type and message are known. Without a response, another attempt may succeed.
    pub fn new(r#type: InstaViewErrorType, message: &str) -> Self {
        Self {
            message: message.into(),
            is_transient: matches!(
                r#type,
                InstaViewErrorType::Connection | InstaViewErrorType::Timeout
            ),
            r#type,
            code: None,
            messages: Vec::new(),
            issues: Vec::new(),
            head: Head::default(),
            attempts: 0,
        }
    }

    /// The failure of arguments that are wrong, listed one by one.
    pub fn from_issues(r#type: InstaViewErrorType, issues: Vec<Issue>) -> Self {
        let failure = Self::new(r#type, &summary(&issues));
        Self { issues, ..failure }
    }

    /// A response that is not what the API documents.
    pub fn invalid_response(reason: &str) -> Self {
        let message = ["The response is not a page of phone numbers: ", reason].concat();
        Self::new(InstaViewErrorType::InvalidResponse, &message)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_failure_of_arguments_has_its_issues_and_names_them() {
        let issue = Issue::new("page", "an integer from 1 to 10000", "0");
        let failure =
            Failure::from_issues(InstaViewErrorType::InvalidArgument, vec![issue.clone()]);
        assert_eq!(failure.issues, [issue]);
        assert_eq!(
            failure.message,
            "page: expected an integer from 1 to 10000, received 0"
        );
        assert!(!failure.is_transient);
    }
}
