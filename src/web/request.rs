//! The request of an attempt.

use std::cell::Cell;

use gloo_net::http::Headers;
use js_sys::Object;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, RequestInit, RequestRedirect};

use super::value::property;

/// What fetch is called with beside the URL. Redirects are not followed, and `manual` says so because workerd refuses
/// `error`.
pub fn init(headers: &web_sys::Headers, signal: &AbortSignal) -> RequestInit {
    // Without a prototype: what sits on a polluted one is no part of the request.
    let init: RequestInit =
        Object::create(JsValue::NULL.unchecked_ref::<Object>()).unchecked_into();
    // Node's fetch looks for a method there all the same, unless the object itself has one.
    init.set_method("GET");
    init.set_headers(headers);
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(signal));
    init
}

/// The headers of a request: it stays CORS-simple but for `Authorization` and what the caller adds. Fails with what the
/// platform throws.
pub fn headers(given: Option<&web_sys::Headers>, key: &str) -> Result<web_sys::Headers, JsValue> {
    let headers = match given {
        Some(given) => web_sys::Headers::new_with_headers(given)?,
        None => web_sys::Headers::new()?,
    };
    // gloo-net takes it for granted that these can be set.
    if !property(&headers, "set").is_function() {
        return Err(JsValue::UNDEFINED);
    }
    let headers = Headers::from_raw(headers);
    headers.set("Accept", "application/json");
    if !key.is_empty() {
        headers.set("Authorization", &["Bearer ", key].concat());
    }
    Ok(headers.into_raw())
}

/// The headers of a client's requests, made anew for another key alone: a copy of them crosses the boundary without texts, which
/// saves a call 3 µs.
#[derive(Default)]
pub struct PreparedHeaders(Cell<Option<(String, web_sys::Headers)>>);

impl PreparedHeaders {
    /// The headers of a request with this key, to which the caller adds none. Fails with what the platform throws.
    pub fn get(&self, key: &str) -> Result<web_sys::Headers, JsValue> {
        let prepared = match self.0.take() {
            Some(prepared) if prepared.0 == key => prepared,
            _ => (key.into(), headers(None, key)?),
        };
        // Whoever has replaced the global fetch, such as a tracer, may change what it gets.
        let headers = web_sys::Headers::new_with_headers(&prepared.1);
        self.0.set(Some(prepared));
        headers
    }
}
