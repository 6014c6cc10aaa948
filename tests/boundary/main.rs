//! The boundary between JavaScript and the core, from JavaScript's side, in Node and in a browser: every value here is
//! made by JavaScript, and the outcome is read as JavaScript reads it.
#![cfg(target_arch = "wasm32")]

mod bodies;
mod interruptions;
mod options;

use instaview_phone_numbers::web::{Client, Environment, list_phone_numbers};
use js_sys::{Function, JSON};
use wasm_bindgen::prelude::*;

/// The value of a JavaScript expression.
fn js(expression: &str) -> JsValue {
    let body = ["return (", expression, ");"].concat();
    Function::new_no_args(&body)
        .call0(&JsValue::UNDEFINED)
        .expect("an expression that does not throw")
}

/// A place without environment variables; `fields` come over its own.
fn environment(fields: &str) -> Environment {
    let literal = [
        "{
            variable() {},
            isBrowser: false,
            baseUri: undefined,
            notify(listener, event) { listener(event) },
            subscribe(signal, callback) { signal.addEventListener('abort', callback) },
            unsubscribe(signal, callback) { signal.removeEventListener('abort', callback) },
            // The package builds it out of the table, which is tested there.
            buildPage(text, table, start, end, total, page, limit, totalPages) {
                const data = JSON.parse(text.slice(start, end));
                return { data, total, page, limit, totalPages, hasNextPage: page < totalPages };
            },
            ...",
        fields,
        "}",
    ];
    js(&literal.concat()).unchecked_into()
}

/// Options without a prototype, as the package passes them on: for one attempt, with a base URL that needs no key.
fn options(fields: &str) -> JsValue {
    let literal = [
        "{ __proto__: null, baseUrl: 'https://example.com', maxRetries: 0, ...",
        fields,
        "}",
    ];
    js(&literal.concat())
}

/// How a call with these options ends.
async fn call(fields: &str) -> JsValue {
    list_phone_numbers(options(fields), environment("{}")).await
}

/// How the call of a client ends.
async fn client_call(client: &str, params: &str, request: &str) -> JsValue {
    let copy = |fields: &str| js(&["{ __proto__: null, ...", fields, "}"].concat());
    let client_options = options(client);
    Client::new()
        .list_phone_numbers(
            client_options,
            copy(params),
            copy(request),
            environment("{}"),
        )
        .await
}

/// A fetch that answers with this body, which is a JavaScript expression.
fn answering(body: &str) -> String {
    ["{ fetch: async () => new Response(", body, ") }"].concat()
}

/// What JavaScript finds at this path of the outcome, as JSON.
fn at(outcome: &JsValue, path: &str) -> String {
    let read = Function::new_with_args("outcome", &["return outcome", path, ";"].concat());
    let value = read.call1(&JsValue::UNDEFINED, outcome).expect(path);
    JSON::stringify(&value)
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| "undefined".into())
}
