//! The boundary between JavaScript and the core, from JavaScript's side, in Node and in a browser. The rules have their tests
//! in the crate, where they are; here it is what crosses, and the instructions of WebAssembly that native tests do not have.
#![cfg(target_arch = "wasm32")]

mod answers;

use instaview_phone_numbers::boundary::{Client, api_error, read_options, retry_delay};
use js_sys::{Function, JSON};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

/// The value of a JavaScript expression.
fn js(expression: &str) -> JsValue {
    let body = ["return (", expression, ");"].concat();
    Function::new_no_args(&body)
        .call0(&JsValue::UNDEFINED)
        .expect("an expression that does not throw")
}

/// What JavaScript finds at this path of a text of JSON, as JSON.
fn at(json: &str, path: &str) -> String {
    let read = Function::new_with_args("json", &["return JSON.parse(json)", path, ";"].concat());
    let value = read
        .call1(&JsValue::UNDEFINED, &json.into())
        .expect("a text of JSON");
    JSON::stringify(&value)
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| "undefined".into())
}

#[wasm_bindgen_test]
fn options_become_settings_or_a_failure() {
    let options = r#"[{ "isBrowser": false }, null, { "apiKey": { "is": "a text" }, "page": 2, "limit": 50 }]"#;
    let settings = read_options(options, "sk_test_key");
    assert_eq!(
        at(&settings, ".url"),
        "\"https://api.instaview.sk/phone-numbers?page=2&limit=50\""
    );
    assert_eq!(at(&settings, ".timeout"), "30000");
    let failure = read_options(r#"[{}, null, { "Ä\n😀": 1, "timeout": "5" }]"#, "");
    assert_eq!(at(&failure, ".type"), "\"invalid_argument\"");
    assert_eq!(
        at(&failure, ".issues.map(({ path }) => path)"),
        "[\"Ä\\n😀\",\"timeout\",\"apiKey\"]"
    );
    assert_eq!(at(&failure, ".issues[1].value"), "\"5\"");
}

#[wasm_bindgen_test]
fn whatever_is_given_as_options_is_answered() {
    for given in ["", "null", "[", "{}", "[{}]", "[1,2,3]", "[{},null,[[]]]"] {
        assert_ne!(
            at(&read_options(given, ""), ".type"),
            "undefined",
            "{given}"
        );
    }
}

#[wasm_bindgen_test]
fn an_error_keeps_what_the_api_says_to_the_letter() {
    let body = r#"{ "error": { "code": "A\u0042", "message": "\ud800 \"é\"", "details": { "__proto__": [1e2] } } }"#;
    let failure = api_error(418, body);
    assert_eq!(at(&failure, ".type"), "\"http\"");
    assert_eq!(at(&failure, ".error.code"), "\"AB\"");
    assert_eq!(at(&failure, ".error.messages"), "[\"\\ud800 \\\"é\\\"\"]");
    assert_eq!(at(&failure, ".error.details"), "{\"__proto__\":[100]}");
}

#[wasm_bindgen_test]
fn a_client_keeps_its_windows() {
    let mut client = Client::new();
    assert_eq!(client.admit(0.0, false), None);
    client.finish();
    client.learn(false, 60.0, 1.0, 10_000.0, 10.0);
    client.learn(true, 500.0, 0.0, 90_000.0, 90.0);
    assert_eq!(client.admit(0.0, true), Some(-90_000.0));
    assert_eq!(client.admit(90_000.0, false), None);
    client.finish();
    client.learn(true, f64::NAN, 0.0, 1e12, 1e9);
    assert_eq!(client.admit(90_000.0, true), None);
}

#[wasm_bindgen_test]
fn delays_are_numbers_or_undefined() {
    assert_eq!(retry_delay(true, 1, 0.0, 2, 60_000.0, 0.5), Some(500.0));
    assert_eq!(retry_delay(true, 0, 1e300, 2, 60_000.0, 0.5), None);
    assert_eq!(retry_delay(true, 0, f64::INFINITY, 2, 60_000.0, 0.5), None);
    assert_eq!(retry_delay(false, 0, 0.0, 2, 60_000.0, 0.5), None);
}
