//! What an error response means.
//!
//! Source: InstaView's documentation, the error handling guide (`{"success":false,"error":{"code","message","details"}}`)
//! and the reference page (NestJS: `{"statusCode","message","error"}`, where `message` may be a list).

use crate::error::{Failure, Head, InstaViewErrorType};
use crate::retry;

/// The body of an error response, in either of the documented shapes, as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ApiError {
    /// The API's own code, such as `INVALID_API_KEY`.
    pub code: Option<String>,
    /// Every message.
    pub messages: Vec<String>,
    /// The status that the body names.
    pub status_code: Option<f64>,
    /// The seconds after which the body says that another attempt makes sense.
    pub retry_after: Option<f64>,
}

/// The failure of a response with this status: the body decides only where the status is one of success.
pub fn failure(status: u16, error: ApiError, shorten: impl Fn(&str, usize) -> String) -> Failure {
    let effective = match (status, error.code.as_deref()) {
        (200..=299, Some("INVALID_API_KEY")) => 401,
        (200..=299, _) => error.status_code.map_or(0, |status| status as u16),
        _ => status,
    };
    let mut message = ["InstaView answered ", &u32::from(status).to_string()].concat();
    if !error.messages.is_empty() {
        message.push_str(": ");
        message.push_str(&shorten(&joined(&error.messages), MAX_MESSAGES));
    }
    if let Some(code) = &error.code {
        for part in [" (", &shorten(code, MAX_CODE), ")"] {
            message.push_str(part);
        }
    }
    let seconds = error.retry_after.filter(|seconds| *seconds >= 0.0);
    Failure {
        is_transient: retry::is_transient(effective),
        code: error.code,
        messages: error.messages,
        head: Head {
            retry_after: seconds.map(|seconds| retry::believable_delay(seconds * 1000.0)),
            ..Head::default()
        },
        ..Failure::new(type_of(effective), &message)
    }
}

fn joined(messages: &[String]) -> String {
    let mut joined = String::new();
    for message in messages {
        if !joined.is_empty() {
            joined.push_str("; ");
        }
        joined.push_str(message);
    }
    joined
}

/// As much of the server's messages as the error's message repeats, in characters.
const MAX_MESSAGES: usize = 500;

/// As much of the server's code, which may be anything.
const MAX_CODE: usize = 60;

/// Source: InstaView's documentation, the error handling guide.
fn type_of(status: u16) -> InstaViewErrorType {
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

    fn read(status: u16, error: ApiError) -> Failure {
        failure(status, error, |text, most| {
            text.chars().take(most).collect()
        })
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
            let error = ApiError {
                code: Some("INVALID_API_KEY".into()),
                status_code: Some(404.0),
                ..ApiError::default()
            };
            assert_eq!(read(status, error).r#type, expected, "{status}");
        }
    }

    #[test]
    fn a_failure_with_status_200_is_of_the_type_that_its_body_names() {
        use InstaViewErrorType::*;
        for (code, status_code, expected) in [
            (Some("INVALID_API_KEY"), None, Authentication),
            (Some("SOMETHING_ELSE"), None, Http),
            (Some("SOMETHING_ELSE"), Some(403.0), Permission),
            (None, Some(429.0), RateLimit),
            (None, Some(-1.0), Http),
            (None, None, Http),
        ] {
            let error = ApiError {
                code: code.map(Into::into),
                status_code,
                ..ApiError::default()
            };
            assert_eq!(
                read(200, error).r#type,
                expected,
                "{code:?} {status_code:?}"
            );
        }
    }

    #[test]
    fn a_status_in_the_body_of_a_success_is_transient_like_a_status() {
        let is_transient = |status, status_code| {
            let error = ApiError {
                status_code,
                ..ApiError::default()
            };
            read(status, error).is_transient
        };
        assert!(is_transient(503, None) && is_transient(200, Some(503.0)));
        assert!(!is_transient(501, None) && !is_transient(200, Some(501.0)));
        assert!(!is_transient(400, Some(503.0)) && !is_transient(200, None));
    }

    #[test]
    fn the_message_repeats_what_the_server_says_shortened() {
        let error = ApiError {
            code: Some("C".repeat(1000)),
            messages: vec!["first".into(), "second".repeat(1000)],
            ..ApiError::default()
        };
        let failure = read(400, error.clone());
        assert!(
            failure
                .message
                .starts_with("InstaView answered 400: first; secondsecond")
        );
        assert!(failure.message.len() < 600);
        assert_eq!(failure.messages, error.messages);
        assert_eq!(failure.code, error.code);
    }

    #[test]
    fn retry_after_is_a_finite_number_that_is_not_negative() {
        let retry_after = |seconds| {
            let error = ApiError {
                retry_after: Some(seconds),
                ..ApiError::default()
            };
            read(429, error).head.retry_after
        };
        assert_eq!(retry_after(30.0), Some(30_000.0));
        assert_eq!(retry_after(0.5), Some(500.0));
        assert_eq!(retry_after(-1.0), None);
        assert_eq!(retry_after(f64::NAN), None);
        assert!(retry_after(f64::INFINITY).is_some_and(f64::is_finite));
    }
}
