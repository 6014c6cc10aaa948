//! Tells the caller's listener what happens, and gives what leaves the core the form of JavaScript's objects.

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

use super::platform::{set, set_number, set_text};
use super::settings::Environment;
use crate::event::ClientEvent;
use crate::failure::Failure;
use crate::issue::Issue;
use crate::rate_limit::{RateLimit, RateLimitWindow};

/// The listener of a call; undefined where there is none.
pub struct Events<'a> {
    pub listener: JsValue,
    pub environment: &'a Environment,
}

impl Events<'_> {
    /// Tells the listener. What it throws does not disturb the call.
    pub fn emit(&self, event: impl FnOnce() -> ClientEvent) {
        if !self.listener.is_undefined() {
            self.environment.notify(&self.listener, &to_js(event()));
        }
    }
}

fn to_js(event: ClientEvent) -> JsValue {
    let object = Object::new().into();
    set_text(&object, "type", event.name());
    match event {
        ClientEvent::Request {
            method,
            url,
            attempt,
        } => {
            set_text(&object, "method", method);
            set_text(&object, "url", &url);
            set_number(&object, "attempt", attempt.into());
        }
        ClientEvent::Response {
            status,
            duration,
            attempt,
            request_id,
            rate_limit,
        } => {
            set_number(&object, "status", status.into());
            set_number(&object, "duration", duration);
            set_number(&object, "attempt", attempt.into());
            set_known(&object, request_id.as_deref(), rate_limit);
        }
        ClientEvent::Retry {
            reason,
            delay,
            attempt,
        } => {
            set_text(&object, "reason", reason.name());
            set_number(&object, "delay", delay);
            set_number(&object, "attempt", attempt.into());
        }
        ClientEvent::RateLimitWait { delay, window } => {
            set_number(&object, "delay", delay);
            set_text(&object, "window", window.name());
        }
        ClientEvent::ContractViolation { issues: found } => {
            set(&object, "issues", &issues(&found));
        }
        // TypeScript tells it.
        ClientEvent::ListingChanged { .. } => {}
    }
    object
}

/// What TypeScript makes an `InstaViewError` of.
pub fn failure(failure: &Failure) -> JsValue {
    let object = Object::new().into();
    set_text(&object, "type", failure.r#type.name());
    set_text(&object, "message", &failure.message);
    if let Some(status) = failure.status {
        set_number(&object, "status", status.into());
    }
    if let Some(code) = &failure.code {
        set_text(&object, "code", code);
    }
    let messages = failure
        .messages
        .iter()
        .map(JsValue::from)
        .collect::<Array>();
    set(&object, "messages", &messages);
    set(&object, "issues", &issues(&failure.issues));
    set_known(&object, failure.request_id.as_deref(), failure.rate_limit);
    if let Some(retry_after) = failure.retry_after {
        set_number(&object, "retryAfter", retry_after);
    }
    set_number(&object, "attempts", failure.attempts.into());
    object
}

/// The rate limit, as a user reads it.
pub fn rate_limit(known: RateLimit) -> JsValue {
    let object = Object::new().into();
    for (name, window) in [("minute", known.minute), ("hour", known.hour)] {
        if let Some(window) = window {
            set(&object, name, &rate_limit_window(window));
        }
    }
    object
}

fn rate_limit_window(window: RateLimitWindow) -> JsValue {
    let object = Object::new().into();
    set_number(&object, "limit", window.limit);
    set_number(&object, "remaining", window.remaining);
    set_number(&object, "resetAt", window.reset_at);
    object
}

fn set_known(object: &JsValue, request_id: Option<&str>, known: Option<RateLimit>) {
    if let Some(request_id) = request_id {
        set_text(object, "requestId", request_id);
    }
    if let Some(known) = known {
        set(object, "rateLimit", &rate_limit(known));
    }
}

fn issues(found: &[Issue]) -> JsValue {
    let array = Array::new();
    for issue in found {
        let object = Object::new().into();
        set_text(&object, "path", &issue.path);
        set_text(&object, "expected", &issue.expected);
        set_text(&object, "received", &issue.received);
        array.push(&object);
    }
    array.into()
}
