//! Reading the body of an error response, whatever it holds.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::error::Failed;
use super::value::{own_property, shorten_to};
use crate::api_error::{self, ApiError};
use crate::api_key::Secrets;

#[wasm_bindgen(module = "/src/web/reading.js")]
extern "C" {
    /// The value of a JSON text; undefined where it is none.
    #[wasm_bindgen(js_name = parseJson)]
    fn parse_json(text: &str) -> JsValue;

    /// A value as JSON; none where it is none.
    #[wasm_bindgen(js_name = stringifyJson)]
    fn stringify_json(value: &JsValue) -> Option<String>;
}

/// The failure of an error response. The key is in nothing of it, though the server may repeat what it was sent.
pub fn failed(status: u16, body: &str, secrets: &Secrets) -> Failed {
    let body = parse(body, secrets);
    let error = own_property(&body, "error");
    let mut messages = strings(&own_property(&error, "message"));
    if messages.is_empty() {
        messages = strings(&own_property(&body, "message"));
    }
    if messages.is_empty() {
        messages = strings(&error);
    }
    let failure = api_error::failure(
        status,
        ApiError {
            code: own_property(&error, "code").as_string(),
            messages,
            status_code: own_property(&body, "statusCode").as_f64(),
            retry_after: own_property(&body, "retryAfter").as_f64(),
        },
        shorten_to,
    );
    Failed {
        details: own_property(&error, "details"),
        ..failure.into()
    }
}

/// The body as JavaScript reads it, with the secrets replaced; undefined where it is not JSON.
fn parse(body: &str, secrets: &Secrets) -> JsValue {
    let value = parse_json(body);
    if value.is_undefined() {
        return value;
    }
    // Written again, a key has no escapes any more but those that every string of JSON needs.
    let Some(normalized) = stringify_json(&value) else {
        return JsValue::UNDEFINED;
    };
    let redacted = secrets.redact_json(&normalized);
    if redacted == normalized {
        return value;
    }
    parse_json(&redacted)
}

/// The string, or the strings of an array.
fn strings(value: &JsValue) -> Vec<String> {
    let mut strings = Vec::new();
    match value.dyn_ref::<Array>() {
        Some(array) => {
            for element in array.iter() {
                strings.extend(element.as_string());
            }
        }
        None => strings.extend(value.as_string()),
    }
    strings
}
