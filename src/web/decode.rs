//! From the bytes of an answer to the page, or to what the API says of the error. The platform parses; the parsed
//! object is checked where it is, and passed on as it is.

use js_sys::Object;
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
    fn decode(this: &TextDecoder, bytes: &[u8]) -> Result<Text, JsValue>;

    #[wasm_bindgen(js_namespace = JSON, catch)]
    fn parse(text: &Text) -> Result<JsValue, JsValue>;

}

/// What a well-formed answer holds.
pub enum Decoded {
    /// The page, and what is wrong with its numbers.
    Page(JsValue, Vec<Issue>),
    /// `success: false`, whatever the status.
    Failure,
}

/// The page, and what is wrong with its numbers; or what is wrong with the answer.
pub fn page(bytes: &[u8]) -> Result<Decoded, Rejection> {
    if bytes.is_empty() {
        return Err(Failure::of_response("it is empty").into());
    }
    let text = text(bytes).map_err(|_| Failure::of_response("it is not valid UTF-8"))?;
    let root = parse(&text).map_err(|thrown| {
        // Without the excerpt of the body that V8 quotes.
        let message = message_of(&thrown);
        let reason = message.split('"').next().unwrap_or_default();
        Failure::of_response(
            &[
                "it is not valid JSON: ",
                reason.trim_end_matches([',', ' ']),
            ]
            .concat(),
        )
    })?;
    #[cfg(feature = "trap")]
    if root.as_string().as_deref() == Some("trap") {
        std::process::abort();
    }
    if envelope::is_failure(&root) {
        return Ok(Decoded::Failure);
    }
    let found = envelope::find_page(root).map_err(invalid)?;
    let issues = phone_number::check_all(&found.path, &found.data);
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
    Ok(Decoded::Page(page.into(), issues))
}

/// This step alone, for the benchmarks. Gives nothing where a call would fail.
#[cfg(feature = "bench")]
#[wasm_bindgen]
pub fn decode_page(bytes: &[u8]) -> JsValue {
    match page(bytes) {
        Ok(Decoded::Page(page, issues)) if issues.is_empty() => page,
        _ => JsValue::UNDEFINED,
    }
}

/// What an error answer says; nothing where it is HTML, empty, truncated or not UTF-8.
pub fn error(bytes: &[u8]) -> ApiError<JsValue> {
    let root = text(bytes).and_then(|text| parse(&text));
    api_error::read(&root.unwrap_or_default())
}

fn text(bytes: &[u8]) -> Result<Text, JsValue> {
    let options = Object::new();
    set(&options, "fatal", &JsValue::TRUE);
    TextDecoder::new("utf-8", &options)?.decode(bytes)
}

/// The failure of an answer with these issues.
pub fn invalid(issues: Vec<Issue>) -> Failure {
    let failure = Failure::of_response(&issue::summary(&issues));
    Failure { issues, ..failure }
}
