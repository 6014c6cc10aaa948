//! From the bytes of an answer to the page, or to what the API says of the error. The platform parses; the parsed
//! object is checked where it is, and passed on as it is.

use js_sys::{Object, Uint8Array};
use wasm_bindgen::prelude::*;

use super::outcome::{Rejection, message_of, set};
use crate::api_error::{self, ApiError};
use crate::envelope;
use crate::failure::Failure;
use crate::issue::{self, Issue};
use crate::phone_number;

#[wasm_bindgen]
extern "C" {
    type TextDecoder;

    /// A string that stays where it is, in JavaScript.
    type Text;

    #[wasm_bindgen(constructor, catch)]
    fn new(label: &str, options: &Object) -> Result<TextDecoder, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn decode(this: &TextDecoder, bytes: &Uint8Array) -> Result<Text, JsValue>;

    #[wasm_bindgen(js_namespace = JSON, catch)]
    fn parse(text: &Text) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, js_name = replaceAll)]
    fn replace_all(this: &Text, pattern: &str, replacement: &str) -> Text;
}

/// What a well-formed answer holds.
pub enum Decoded {
    Page(JsValue),
    /// `success: false`, whatever the status.
    Failure,
}

/// The page, checked; or what is wrong with the answer.
pub fn page(bytes: &Uint8Array) -> Result<Decoded, Rejection> {
    if bytes.length() == 0 {
        return Err(Failure::of_response("it is empty").into());
    }
    let text = text(bytes).map_err(|_| Failure::of_response("it is not valid UTF-8"))?;
    let root = parse(&text).map_err(|thrown| {
        Failure::of_response(&["it is not valid JSON: ", &message_of(&thrown)].concat())
    })?;
    if envelope::is_failure(&root) {
        return Ok(Decoded::Failure);
    }
    let found = envelope::find_page(root).map_err(invalid)?;
    let issues = phone_number::check_all(&found.path, &found.data);
    if !issues.is_empty() {
        return Err(invalid(issues).into());
    }
    let page = Object::new();
    set(&page, "data", &found.data);
    set(&page, "total", &found.total.into());
    set(&page, "page", &found.page.into());
    set(&page, "limit", &found.limit.into());
    set(&page, "totalPages", &found.total_pages.into());
    set(
        &page,
        "hasNextPage",
        &(found.page < found.total_pages).into(),
    );
    Ok(Decoded::Page(page.into()))
}

/// What an error answer says; nothing where it is HTML, empty, truncated or not UTF-8. A server may quote the key it
/// was given: it is taken out before anything is read.
pub fn error(bytes: &Uint8Array, key: Option<&str>) -> ApiError<JsValue> {
    let root = text(bytes).and_then(|text| match key {
        Some(key) => parse(&text.replace_all(key, "[key]")),
        None => parse(&text),
    });
    api_error::read(&root.unwrap_or_default())
}

fn text(bytes: &Uint8Array) -> Result<Text, JsValue> {
    let options = Object::new();
    set(&options, "fatal", &JsValue::TRUE);
    TextDecoder::new("utf-8", &options)?.decode(bytes)
}

fn invalid(issues: Vec<Issue>) -> Failure {
    Failure {
        issues: issues.clone(),
        ..Failure::of_response(&issue::summary(&issues))
    }
}
