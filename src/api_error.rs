//! What an error answer says, in either of the documented shapes, and what type of error it is.
//!
//! Source: InstaView's documentation, the error handling guide (`{"success":false,"error":{"code","message","details"}}`)
//! and the reference page (NestJS: `{"statusCode","message","error"}`, where `message` may be a list).

use tsify::Tsify;

use crate::failure::{self, InstaViewErrorType};
use crate::json::{Array, Json, Object};
use crate::retry::may_pass;
use crate::text::number;

/// What an error answer says, read as far as it could be: each member as the API spells it.
///
/// @internal
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ApiError {
    /// Whether it may pass by itself.
    #[tsify(optional)]
    pub may_pass: bool,
    /// The API's own code, such as `INVALID_API_KEY`.
    #[tsify(optional)]
    pub code: Option<String>,
    /// Every message.
    #[tsify(type = "string[]")]
    pub messages: String,
    /// Whatever the API adds.
    #[tsify(optional, type = "unknown")]
    pub details: Option<String>,
    /// The seconds after which the body says that another try makes sense.
    #[tsify(optional, type = "number")]
    pub retry_after: Option<String>,
}

/// The failure that an answer tells of: by its status, or by what its body says where the status is one of success. A body
/// of neither shape says nothing. As JSON.
pub fn failure(status: u16, body: &str) -> String {
    let root = Json::parse(body).map(Json::members).unwrap_or_default();
    let error = root.get("error");
    let members = error.map(Json::members).unwrap_or_default();
    let code = members.get("code").filter(|code| code.first() == b'"');
    let mut messages = texts(members.get("message"));
    if messages.is_empty() {
        messages = texts(root.get("message"));
    }
    if messages.is_empty() {
        messages = texts(error);
    }
    let told = root
        .get("statusCode")
        .and_then(|status| number(status.raw()));
    let meant = match status {
        200..=299 if code.and_then(Json::inner) == Some("INVALID_API_KEY") => 401,
        200..=299 => told.unwrap_or_default(),
        _ => status.into(),
    };
    let mut json = Object::default();
    if may_pass(meant) {
        json.raw("mayPass", "true");
    }
    json.raw("messages", &messages.end());
    let retry_after = root.get("retryAfter");
    for (name, value) in [
        ("code", code),
        ("details", members.get("details")),
        (
            "retryAfter",
            retry_after.filter(|seconds| seconds.first().is_ascii_digit()),
        ),
    ] {
        if let Some(value) = value {
            json.raw(name, value.raw());
        }
    }
    failure::failure(of_status(meant))
        .raw("error", &json.end())
        .end()
}

/// The texts of a string, or of a list of strings.
fn texts(value: Option<Json<'_>>) -> Array {
    let mut texts = Array::default();
    if let Some(value) = value {
        let mut values = value.elements();
        values.push(value);
        for value in values {
            if value.first() == b'"' {
                texts.push(value.raw());
            }
        }
    }
    texts
}

/// Source: InstaView's documentation, the error handling guide.
fn of_status(status: u32) -> InstaViewErrorType {
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
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn read(status: u16, body: &str) -> Value {
        serde_json::from_str(&failure(status, body)).expect("JSON")
    }

    /// What is told of the error.
    fn told(body: Value) -> Value {
        read(400, &body.to_string())["error"].take()
    }

    fn messages(body: Value) -> Value {
        told(body)["messages"].take()
    }

    #[test]
    fn the_shape_of_the_error_guide() {
        let details = json!({ "hint": "rotate it" });
        let body = json!({
            "success": false,
            "data": null,
            "error": { "code": "INVALID_API_KEY", "message": "The key is revoked", "details": details },
            "timestamp": "2024-01-15T10:30:00Z"
        });
        assert_eq!(
            told(body),
            json!({ "code": "INVALID_API_KEY", "messages": ["The key is revoked"], "details": details })
        );
    }

    #[test]
    fn the_shape_of_the_reference_page() {
        let texts = json!(["page must not be less than 1", "limit must be an integer"]);
        let body = json!({ "statusCode": 400, "message": texts, "error": "Bad Request" });
        assert_eq!(told(body), json!({ "messages": texts }));
        let text = json!({ "message": "Rate limit exceeded", "retryAfter": 30 });
        assert_eq!(
            told(text),
            json!({ "messages": ["Rate limit exceeded"], "retryAfter": 30 })
        );
    }

    #[test]
    fn retry_after_is_a_number_that_is_not_negative() {
        for seconds in [json!(30), json!(0), json!(0.5), json!(1e300)] {
            assert_eq!(
                told(json!({ "retryAfter": seconds }))["retryAfter"],
                seconds
            );
        }
        for nonsense in [json!(-1), json!("30"), json!(null)] {
            assert_eq!(
                told(json!({ "retryAfter": nonsense })),
                json!({ "messages": [] })
            );
        }
    }

    #[test]
    fn what_is_of_neither_shape_is_read_as_far_as_it_goes() {
        assert_eq!(
            messages(json!({ "error": "Bad Gateway" })),
            json!(["Bad Gateway"])
        );
        assert_eq!(
            messages(json!({ "message": [1, "two", null] })),
            json!(["two"])
        );
        for body in [
            "null",
            "[]",
            "\"x\"",
            "{\"error\":7,\"message\":{}}",
            "",
            "<html>",
            "{\"message\":\"cut",
        ] {
            let expected = json!({ "mayPass": true, "messages": [] });
            assert_eq!(read(502, body)["error"], expected, "{body}");
        }
    }

    #[test]
    fn the_status_decides() {
        use InstaViewErrorType::*;
        let body = json!({ "statusCode": 404, "error": { "code": "INVALID_API_KEY" } }).to_string();
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
            assert_eq!(read(status, &body)["type"], expected.name(), "{status}");
        }
    }

    #[test]
    fn a_failure_with_status_200_is_of_the_type_that_its_body_tells() {
        use InstaViewErrorType::*;
        for (body, expected) in [
            (
                json!({ "error": { "code": "INVALID_API_KEY" } }),
                Authentication,
            ),
            (json!({ "error": { "code": "SOMETHING_ELSE" } }), Http),
            (
                json!({ "error": { "code": "SOMETHING_ELSE" }, "statusCode": 403 }),
                Permission,
            ),
            (json!({ "statusCode": 429 }), RateLimit),
            (json!({}), Http),
        ] {
            assert_eq!(
                read(200, &body.to_string())["type"],
                expected.name(),
                "{body}"
            );
        }
    }

    #[test]
    fn what_a_body_tells_of_may_pass_like_a_status() {
        let passes =
            |status, body: Value| read(status, &body.to_string())["error"]["mayPass"] == true;
        assert!(passes(503, json!({})) && passes(200, json!({ "statusCode": 503 })));
        assert!(!passes(501, json!({})) && !passes(200, json!({ "statusCode": 501 })));
        assert!(!passes(400, json!({ "statusCode": 503 })) && !passes(200, json!({})));
    }

    proptest! {
        #[test]
        fn no_message_is_lost(texts in prop::collection::vec(any::<String>(), 1..5)) {
            prop_assert_eq!(messages(json!({ "message": texts })), json!(texts));
            prop_assert_eq!(messages(json!({ "error": { "message": texts } })), json!(texts));
        }
    }
}
