//! From the bytes of a body to the page, or to what is wrong with them.

use js_sys::{JSON, JsString};
use wasm_bindgen::prelude::*;

use super::trap;
use super::value::describe;
use crate::api_key::Secrets;
use crate::decode::{self, DecodeError, DecodeIssue, Document, Page};
use crate::error::Failure;
use crate::issue::{Issue, summary};

#[wasm_bindgen(module = "/src/web/reading.js")]
extern "C" {
    /// The text of a body without a byte order mark; undefined where it is not UTF-8.
    #[wasm_bindgen(js_name = decodeUtf8)]
    pub fn decode_utf8(bytes: &[u8]) -> Option<JsString>;

    #[wasm_bindgen(js_name = buildPage)]
    fn build_page(
        text: &JsString,
        table: &[i32],
        start: u32,
        end: u32,
        total: f64,
        page: f64,
        limit: f64,
        total_pages: f64,
    ) -> JsValue;
}

/// What the body of a successful response holds.
pub enum Content {
    /// A page that keeps the contract.
    Page(JsValue),
    /// A page with phone numbers that break it.
    Violations(JsValue, Vec<Issue>),
    /// `"success": false`: the API says itself that the call failed. The body's text is read for the reason.
    ApiError(JsString),
}

/// Decodes the body of a successful response.
pub fn decode(bytes: &[u8], secrets: &Secrets) -> Result<Content, Box<Failure>> {
    trap::at("page");
    if bytes.is_empty() {
        return Err(Failure::invalid_response("it is empty").into());
    }
    let Some(text) = decode_utf8(bytes) else {
        return Err(Failure::invalid_response("it is not valid UTF-8").into());
    };
    match decode::decode(bytes, |start, end| number(&text, start, end)) {
        Ok(Document::ApiError) => Ok(Content::ApiError(text)),
        Ok(Document::Page(page)) => {
            let object = build(&text, &page);
            if page.issues.is_empty() {
                return Ok(Content::Page(object));
            }
            Ok(Content::Violations(
                object,
                describe_issues(&page.issues, bytes, secrets),
            ))
        }
        Err(DecodeError::Syntax(error)) => Err(Failure::invalid_response(&error.message()).into()),
        Err(DecodeError::Envelope(issues)) => {
            Err(violation(describe_issues(&issues, bytes, secrets)).into())
        }
    }
}

/// The failure of a body that breaks the contract.
pub fn violation(issues: Vec<Issue>) -> Failure {
    let failure = Failure::invalid_response(&summary(&issues));
    Failure { issues, ..failure }
}

fn build(text: &JsString, page: &Page) -> JsValue {
    let [start, end] = page.array;
    let [total, number, limit, total_pages] = page.counts;
    build_page(
        text,
        &page.table,
        start,
        end,
        total,
        number,
        limit,
        total_pages,
    )
}

/// The number at these UTF-16 code units of the text, as JavaScript reads it.
fn number(text: &JsString, start: u32, end: u32) -> f64 {
    JSON::parse(&String::from(text.slice(start, end)))
        .ok()
        .and_then(|number| number.as_f64())
        .unwrap_or(f64::NAN)
}

/// The issues in words: what was received is described, not repeated.
fn describe_issues(issues: &[DecodeIssue], bytes: &[u8], secrets: &Secrets) -> Vec<Issue> {
    let mut described = Vec::new();
    for issue in issues {
        let json = issue.received.clone().and_then(|range| bytes.get(range));
        let value = json
            .and_then(decode_utf8)
            .and_then(|json| JSON::parse(&String::from(json)).ok())
            .unwrap_or_default();
        let received = secrets.redact(&describe(&value));
        described.push(Issue::new(&issue.path, issue.expected, &received));
    }
    described
}

/// The page in the bytes of a body, without the rest of a call: for the benchmarks alone.
#[cfg(feature = "bench")]
#[wasm_bindgen(js_name = decodePage)]
pub fn decode_page(bytes: &[u8]) -> JsValue {
    match decode(bytes, &Secrets::default()) {
        Ok(Content::Page(page)) => page,
        _ => JsValue::UNDEFINED,
    }
}
