//! The core as JavaScript sees it, in Node and in a browser: the exported calls, against a `fetch` of the test's own; reading the
//! options that a caller gives; and the decoder with the instructions of WebAssembly, which native tests do not have.
#![cfg(target_arch = "wasm32")]

mod calls;
mod clients;
mod configuration;
mod documents;
mod errors;
mod events;
mod headers;
mod interruptions;
mod options;
mod retries;

use instaview_phone_numbers::web::list_phone_numbers;
use js_sys::{Array, Function, JSON, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// What the expressions of the tests may use.
const PRELUDE: &str = include_str!("prelude.js");

/// The value of a JavaScript expression, in which these names have these values.
fn js_with<const N: usize>(names: &str, values: [&JsValue; N], expression: &str) -> JsValue {
    let body = [PRELUDE, "return (", expression, ");"].concat();
    let values = values.into_iter().collect::<Array>();
    Function::new_with_args(names, &body)
        .apply(&JsValue::UNDEFINED, &values)
        .expect("an expression that does not throw")
}

/// The value of a JavaScript expression.
fn js(expression: &str) -> JsValue {
    js_with("", [], expression)
}

/// The value of an expression of `it`, which is this value.
fn of(it: &JsValue, expression: &str) -> JsValue {
    js_with("it", [it], expression)
}

/// The same as JSON.
fn json(it: &JsValue, expression: &str) -> String {
    JSON::stringify(&of(it, expression))
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| "undefined".into())
}

/// What a promise settles with.
async fn settled(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}

/// Makes a call with the test's `options`.
async fn call(test: &JsValue) -> Result<JsValue, JsValue> {
    settled(list_phone_numbers(&of(test, "it.options"))).await
}

/// The page that such a call gives.
async fn listed(test: &JsValue) -> JsValue {
    call(test).await.expect("a page")
}

/// What such a call rejects with.
async fn rejected(test: &JsValue) -> JsValue {
    call(test).await.expect_err("a rejection")
}
