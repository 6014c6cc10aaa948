//! What an error answer says, in either of the documented shapes.
//!
//! Source: InstaView's documentation, the error handling guide (`{"success":false,"error":{"code","message","details"}}`)
//! and the reference page (NestJS: `{"statusCode","message","error"}`, where `message` may be a list).

use crate::value::{Kind, Value};

/// An error answer, read as far as it could be.
#[derive(Debug, PartialEq)]
pub struct ApiError<V> {
    /// The API's own code, such as `INVALID_API_KEY`.
    pub code: Option<String>,
    /// Every message.
    pub messages: Vec<String>,
    /// Whatever the API adds.
    pub details: V,
    /// The status that the body itself tells.
    pub status: Option<u16>,
    /// Milliseconds after which the body says that another try makes sense.
    pub retry_after: Option<f64>,
}

/// What the body of an error answer says; nothing where it is of neither shape.
pub fn read<V: Value>(root: &V) -> ApiError<V> {
    let error = root.member("error");
    let messages = [&error.member("message"), &root.member("message"), &error]
        .into_iter()
        .map(texts)
        .find(|texts| !texts.is_empty())
        .unwrap_or_default();
    ApiError {
        code: texts(&error.member("code")).pop(),
        messages,
        details: error.member("details"),
        status: match root.member("statusCode").kind() {
            Kind::Number(status) => Some(status as u16),
            _ => None,
        },
        retry_after: match root.member("retryAfter").kind() {
            Kind::Number(seconds) if seconds.is_finite() && seconds >= 0.0 => {
                Some(seconds * 1000.0)
            }
            _ => None,
        },
    }
}

/// The texts of a string, or of a list of strings.
fn texts<V: Value>(value: &V) -> Vec<String> {
    match value.kind() {
        Kind::String => vec![value.text()],
        Kind::Array => (0..value.length())
            .map(|index| value.element(index))
            .filter(|element| element.kind() == Kind::String)
            .map(|element| element.text())
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    use super::*;

    fn messages(root: Json) -> Vec<String> {
        read(&Some(root)).messages
    }

    #[test]
    fn the_shape_of_the_error_guide() {
        let details = json!({ "hint": "rotate it" });
        let root = json!({
            "success": false,
            "data": null,
            "error": { "code": "INVALID_API_KEY", "message": "The key is revoked", "details": details },
            "timestamp": "2024-01-15T10:30:00Z"
        });
        assert_eq!(
            read(&Some(root)),
            ApiError {
                code: Some("INVALID_API_KEY".into()),
                messages: vec!["The key is revoked".into()],
                details: Some(details),
                status: None,
                retry_after: None,
            }
        );
    }

    #[test]
    fn the_shape_of_the_reference_page() {
        let root = json!({
            "statusCode": 400,
            "message": ["page must not be less than 1", "limit must be an integer"],
            "error": "Bad Request"
        });
        assert_eq!(
            read(&Some(root)),
            ApiError {
                code: None,
                messages: vec![
                    "page must not be less than 1".into(),
                    "limit must be an integer".into()
                ],
                details: None,
                status: Some(400),
                retry_after: None,
            }
        );
        assert_eq!(
            messages(json!({ "message": "Rate limit exceeded" })),
            ["Rate limit exceeded"]
        );
    }

    #[test]
    fn retry_after_is_in_seconds() {
        let retry_after = |value: Json| read(&Some(json!({ "retryAfter": value }))).retry_after;
        assert_eq!(retry_after(json!(30)), Some(30_000.0));
        assert_eq!(retry_after(json!(0)), Some(0.0));
        assert_eq!(retry_after(json!(0.5)), Some(500.0));
        for nonsense in [json!(-1), json!("30"), json!(null)] {
            assert_eq!(retry_after(nonsense), None);
        }
    }

    #[test]
    fn what_is_of_neither_shape_is_read_as_far_as_it_goes() {
        assert_eq!(messages(json!({ "error": "Bad Gateway" })), ["Bad Gateway"]);
        assert_eq!(messages(json!({ "message": [1, "two", null] })), ["two"]);
        for root in [
            json!(null),
            json!([]),
            json!("x"),
            json!({ "error": 7, "message": {} }),
        ] {
            assert_eq!(messages(root), Vec::<String>::new());
        }
    }

    proptest! {
        #[test]
        fn no_message_is_lost(texts in prop::collection::vec(any::<String>(), 1..5)) {
            prop_assert_eq!(&messages(json!({ "message": texts })), &texts);
            prop_assert_eq!(&messages(json!({ "error": { "message": texts } })), &texts);
        }
    }
}
