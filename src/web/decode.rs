//! From the bytes of an answer to the page, or to what the API says of the error.

use js_sys::JSON;
use wasm_bindgen::prelude::*;

use super::outcome::Rejection;
use super::settings::Environment;
use crate::api_error::{self, ApiError};
use crate::decode::{Answer, DecodeError, MOST_NESTED, SyntaxError, decode};
use crate::failure::Failure;
use crate::issue::{self, Issue};
use crate::text::{concat, decimal};

/// What a well-formed answer holds.
pub enum Decoded {
    /// The page, and what is wrong with its numbers.
    Page(JsValue, Vec<Issue>),
    /// `success: false`, whatever the status.
    Failure,
}

/// The page, and what is wrong with its numbers; or what is wrong with the answer.
pub fn page(bytes: &[u8], environment: &Environment) -> Result<Decoded, Rejection> {
    if bytes.is_empty() {
        return Err(Failure::of_response("it is empty").into());
    }
    let Some(text) = text(bytes) else {
        return Err(Failure::of_response("it is not valid UTF-8").into());
    };
    #[cfg(feature = "trap")]
    if text == "\"trap\"" {
        std::process::abort();
    }
    match decode(text, parse) {
        Ok(Answer::Failure) => Ok(Decoded::Failure),
        Ok(Answer::Page(page)) => {
            let [start, end] = page.array;
            let [total, number, limit, total_pages] = page.counts;
            let table = page.table.as_flattened();
            let object =
                environment.build_page(text, table, start, end, total, number, limit, total_pages);
            Ok(Decoded::Page(object, page.issues))
        }
        Err(DecodeError::Envelope(issues)) => Err(invalid(issues).into()),
        Err(DecodeError::Syntax(error)) => {
            let (reason, at) = match error {
                SyntaxError::Unexpected(at) => (String::from("not valid JSON"), at),
                SyntaxError::TooDeep(at) => {
                    let most = decimal(MOST_NESTED);
                    (concat(&["nested more than ", &most, " deep"]), at)
                }
            };
            let skipped = bytes.len().saturating_sub(text.len());
            let at = decimal(at.saturating_add(skipped) as u32);
            let message = concat(&["it is ", &reason, ": see byte ", &at]);
            Err(Failure::of_response(&message).into())
        }
    }
}

/// This step alone, for the benchmarks. Gives nothing where a call would fail.
#[cfg(feature = "bench")]
#[wasm_bindgen]
pub fn decode_page(bytes: &[u8], environment: &Environment) -> JsValue {
    match page(bytes, environment) {
        Ok(Decoded::Page(page, issues)) if issues.is_empty() => page,
        _ => JsValue::UNDEFINED,
    }
}

/// What an error answer says; nothing where it is HTML, empty, truncated or not UTF-8.
pub fn error(bytes: &[u8]) -> ApiError<JsValue> {
    api_error::read(&parse(text(bytes).unwrap_or_default()))
}

/// The failure of an answer with these issues.
pub fn invalid(issues: Vec<Issue>) -> Failure {
    let failure = Failure::of_response(&issue::summary(&issues));
    Failure { issues, ..failure }
}

/// The text, without a byte order mark; nothing where it is not UTF-8.
fn text(bytes: &[u8]) -> Option<&str> {
    let text = str::from_utf8(bytes).ok()?;
    Some(text.strip_prefix('\u{FEFF}').unwrap_or(text))
}

/// The value of a JSON text; undefined where it is none.
fn parse(text: &str) -> JsValue {
    JSON::parse(text).unwrap_or_default()
}
