//! What a call fails with: the one structure that leaves the core, which TypeScript turns into an `InstaViewError`.

use tsify::Tsify;

use crate::api_error::ApiError;
use crate::api_key::without_key;
use crate::issue::{self, Issue};
use crate::rate_limit::RateLimit;
use crate::text::{concat, decimal, join};
use crate::value::shorten;

/// What went wrong, as one word to decide by:
///
/// - `invalid_argument`: a parameter or option is wrong; nothing was sent
/// - `configuration`: no key, an insecure base URL, a key in a browser, a page or runtime that forbids WebAssembly;
///   nothing was sent
/// - `authentication`: the key is missing, invalid, revoked or expired (401)
/// - `permission`: the key may not do this, or not for this company (403)
/// - `not_found`: there is no such thing (404)
/// - `bad_request`: the API refused the parameters (400, 422)
/// - `rate_limit`: too many requests (429)
/// - `server`: the API failed (5xx)
/// - `http`: any other status, redirects included, and `success: false` on 200 without a better type
/// - `connection`: no answer: DNS, refused, reset, CORS, or broken off in the body
/// - `timeout`: no complete answer in time
/// - `invalid_response`: the answer is not JSON, not UTF-8, not of the documented shape, or too large
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
    /// The word.
    pub fn name(self) -> &'static str {
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

/// The parts of an `InstaViewError` that can be serialised; its class describes them.
///
/// @internal
#[derive(Clone, Debug, PartialEq, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// What went wrong, as one word.
    pub r#type: InstaViewErrorType,
    /// What went wrong, for people.
    pub message: String,
    /// The HTTP status of the answer.
    #[tsify(optional)]
    pub status: Option<u16>,
    /// The API's own code.
    #[tsify(optional)]
    pub code: Option<String>,
    /// Every message of the server.
    pub messages: Vec<String>,
    /// What is wrong with the arguments or the answer.
    pub issues: Vec<Issue>,
    /// The server's name for the request.
    #[tsify(optional)]
    pub request_id: Option<String>,
    /// What the server says of its rate limits.
    #[tsify(optional)]
    pub rate_limit: Option<RateLimit>,
    /// Milliseconds after which another try makes sense.
    #[tsify(optional)]
    pub retry_after: Option<f64>,
    /// How many attempts were made.
    pub attempts: u32,
}

impl Failure {
    /// A failure before anything was sent.
    pub fn new(r#type: InstaViewErrorType, message: impl Into<String>) -> Self {
        Self {
            r#type,
            message: message.into(),
            status: None,
            code: None,
            messages: Vec::new(),
            issues: Vec::new(),
            request_id: None,
            rate_limit: None,
            retry_after: None,
            attempts: 0,
        }
    }

    /// Arguments or options that are wrong.
    pub fn of_issues(r#type: InstaViewErrorType, issues: Vec<Issue>) -> Self {
        Self {
            message: issue::summary(&issues),
            issues,
            ..Self::new(r#type, "")
        }
    }

    /// An answer that is not what the API documents.
    pub fn of_response(reason: &str) -> Self {
        let message = concat(&["The answer is not a page of phone numbers: ", reason]);
        Self::new(InstaViewErrorType::InvalidResponse, message)
    }

    /// Takes the key out of every text: a server, or a fetch that failed, may quote what it was given.
    pub fn redact(&mut self, key: &str) {
        let texts = [&mut self.message]
            .into_iter()
            .chain(&mut self.code)
            .chain(&mut self.messages)
            .chain(&mut self.request_id);
        for text in texts {
            *text = without_key(text, key);
        }
        for issue in &mut self.issues {
            issue.redact(key);
        }
    }

    /// An answer with an error, of which the body may say more.
    pub fn of_api<V>(status: u16, error: &ApiError<V>) -> Self {
        let mut message = concat(&["InstaView answered ", &decimal(status.into())]);
        if !error.messages.is_empty() {
            message.push_str(": ");
            message.push_str(&shorten(
                &join(error.messages.iter().map(String::as_str), "; "),
                MOST_OF_MESSAGES,
            ));
        }
        if let Some(code) = &error.code {
            message.push_str(" (");
            message.push_str(code);
            message.push(')');
        }
        Self {
            status: Some(status),
            code: error.code.clone(),
            messages: error.messages.clone(),
            retry_after: error.retry_after,
            ..Self::new(classify(status, error), message)
        }
    }
}

/// As much of the server's messages as the message repeats, in characters.
const MOST_OF_MESSAGES: usize = 500;

/// The type of an error answer: by its status, or by what its body says where the status tells of success.
fn classify<V>(status: u16, error: &ApiError<V>) -> InstaViewErrorType {
    if !(200..=299).contains(&status) {
        return of_status(status);
    }
    match error.code.as_deref() {
        Some("INVALID_API_KEY") => InstaViewErrorType::Authentication,
        _ => error.status.map_or(InstaViewErrorType::Http, of_status),
    }
}

/// Source: InstaView's documentation, the error handling guide.
fn of_status(status: u16) -> InstaViewErrorType {
    match status {
        400 | 422 => InstaViewErrorType::BadRequest,
        401 => InstaViewErrorType::Authentication,
        403 => InstaViewErrorType::Permission,
        404 => InstaViewErrorType::NotFound,
        429 => InstaViewErrorType::RateLimit,
        500..=599 => InstaViewErrorType::Server,
        _ => InstaViewErrorType::Http,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn error(code: Option<&str>, messages: &[&str], status: Option<u16>) -> ApiError<()> {
        ApiError {
            code: code.map(String::from),
            messages: messages.iter().map(|text| String::from(*text)).collect(),
            details: (),
            status,
            retry_after: None,
        }
    }

    #[test]
    fn the_status_decides() {
        use InstaViewErrorType::*;
        for (status, expected) in [
            (302, Http),
            (400, BadRequest),
            (401, Authentication),
            (403, Permission),
            (404, NotFound),
            (408, Http),
            (409, Http),
            (418, Http),
            (422, BadRequest),
            (429, RateLimit),
            (500, Server),
            (503, Server),
            (599, Server),
        ] {
            let failure = Failure::of_api(status, &error(Some("INVALID_API_KEY"), &[], Some(404)));
            assert_eq!(failure.r#type, expected, "{status}");
            assert_eq!(failure.status, Some(status));
        }
    }

    #[test]
    fn a_failure_with_status_200_is_of_the_type_that_its_body_tells() {
        use InstaViewErrorType::*;
        for (code, status, expected) in [
            (Some("INVALID_API_KEY"), None, Authentication),
            (Some("SOMETHING_ELSE"), None, Http),
            (Some("SOMETHING_ELSE"), Some(403), Permission),
            (None, Some(429), RateLimit),
            (None, None, Http),
        ] {
            assert_eq!(
                Failure::of_api(200, &error(code, &[], status)).r#type,
                expected
            );
        }
    }

    #[test]
    fn the_key_is_in_no_text() {
        let key = "sk_test_secret";
        let mut failure = Failure::of_api(401, &error(Some(key), &[key, "fine"], None));
        failure.request_id = Some(["r-", key].concat());
        failure.issues = vec![Issue::with_received(key, "a key", key)];
        failure.redact(key);
        assert!(!format!("{failure:?}").contains(key));
        assert_eq!(failure.messages, ["[key]", "fine"]);
        failure.redact("e");
        assert_eq!(failure.messages, ["[key]", "fine"]);
    }

    #[test]
    fn the_message_holds_what_the_server_said() {
        let message = |status, code, messages: &[&str]| {
            Failure::of_api(status, &error(code, messages, None)).message
        };
        assert_eq!(message(502, None, &[]), "InstaView answered 502");
        assert_eq!(
            message(400, None, &["page is wrong", "limit is wrong"]),
            "InstaView answered 400: page is wrong; limit is wrong"
        );
        assert_eq!(
            message(401, Some("INVALID_API_KEY"), &["No"]),
            "InstaView answered 401: No (INVALID_API_KEY)"
        );
    }
}
