//! What a call fails with: the one structure that leaves the core, which TypeScript turns into an `InstaViewError`.

use tsify::Tsify;

use crate::api_error::ApiError;
use crate::issue::{FoundIssue, Issues};
use crate::json::Object;

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

/// Why a call, or an attempt of it, has failed: what TypeScript makes an `InstaViewError` of.
///
/// @internal
#[derive(Tsify)]
pub struct Failure {
    /// What went wrong, as one word.
    pub r#type: InstaViewErrorType,
    /// What is wrong with the answer as a whole.
    #[tsify(optional)]
    pub reason: Option<String>,
    /// What is wrong with the arguments or the answer.
    #[tsify(optional)]
    pub issues: Option<Vec<FoundIssue>>,
    /// What the API says of its error.
    #[tsify(optional)]
    pub error: Option<ApiError>,
}

/// A [`Failure`] of this type, in the form of JSON, to which members can be added.
pub fn failure(r#type: InstaViewErrorType) -> Object {
    let mut json = Object::default();
    json.text("type", r#type.name());
    json
}

/// The failure of arguments or an answer that are wrong.
pub fn of_issues(r#type: InstaViewErrorType, issues: Issues) -> String {
    failure(r#type).raw("issues", &issues.end()).end()
}
