//! How a call ends, as TypeScript gets it: a resolved value, so that it cannot be taken for a trap of wasm.

use js_sys::{JSON, Object};
use wasm_bindgen::prelude::*;

use super::events;
use super::platform::{self, member, set_text};
use crate::api_key::without_key;
use crate::failure::{Failure, InstaViewErrorType};
use crate::text::concat;
use crate::value::Value;

#[wasm_bindgen(typescript_custom_section)]
const OUTCOME: &str = "
/**
 * How a call ends: with a page, with what becomes an `InstaViewError`, or with the reason of the caller's abort.
 *
 * @internal
 */
export type Outcome =
    | { type: \"page\"; page: PhoneNumberPage }
    | { type: \"failure\"; failure: Failure; details?: unknown; cause?: unknown }
    | { type: \"aborted\"; reason: unknown };
";

/// Why there is no page.
pub enum Rejection {
    /// The caller's abort, with its reason.
    Aborted(JsValue),
    /// Anything else.
    Failed(Box<Failed>),
}

/// A failure, with the parts that only JavaScript can hold.
pub struct Failed {
    pub failure: Failure,
    /// What the API added to its error.
    pub details: JsValue,
    /// What was thrown.
    pub cause: JsValue,
}

impl From<Failure> for Failed {
    fn from(failure: Failure) -> Self {
        Self {
            failure,
            details: JsValue::UNDEFINED,
            cause: JsValue::UNDEFINED,
        }
    }
}

impl From<Failed> for Rejection {
    fn from(failed: Failed) -> Self {
        Self::Failed(Box::new(failed))
    }
}

impl From<Failure> for Rejection {
    fn from(failure: Failure) -> Self {
        Failed::from(failure).into()
    }
}

impl Rejection {
    pub fn new(r#type: InstaViewErrorType, message: &str) -> Self {
        Self::with_cause(r#type, message, JsValue::UNDEFINED)
    }

    pub fn with_cause(r#type: InstaViewErrorType, message: &str, cause: JsValue) -> Self {
        let failure = Failure::new(r#type, message);
        Failed {
            cause,
            ..failure.into()
        }
        .into()
    }
}

impl Failed {
    /// Takes the key out of everything that is shown.
    pub fn redact(&mut self, key: &str) {
        self.failure.redact(key);
        if !self.details.is_undefined() {
            let redacted = JSON::stringify(&self.details)
                .and_then(|json| JSON::parse(&without_key(&String::from(json), &escaped(key))));
            self.details = redacted.unwrap_or_default();
        }
        self.cause = told(&self.cause, key);
    }
}

/// What was thrown, in an error of our own: whoever threw it may have put the request into it, and with that the key, where
/// nobody finds it but a debugger. Its name, message and code are told.
pub fn told(thrown: &JsValue, key: &str) -> JsValue {
    if thrown.is_undefined() {
        return JsValue::UNDEFINED;
    }
    let cause = platform::error(&without_key(&message_of(thrown), key));
    for name in ["name", "code"] {
        let text = member(thrown, name)
            .as_string()
            .or_else(|| member(&member(thrown, "cause"), name).as_string());
        if let Some(text) = text {
            set_text(&cause, name, &without_key(&text, key));
        }
    }
    cause
}

/// The text as it is within a string of JSON.
fn escaped(text: &str) -> String {
    let json = JSON::stringify(&text.into())
        .map(String::from)
        .unwrap_or_default();
    let inner = json
        .strip_prefix("\"")
        .and_then(|json| json.strip_suffix("\""));
    inner.unwrap_or(text).into()
}

/// The outcome object of a call.
pub fn outcome(result: Result<JsValue, Rejection>) -> JsValue {
    let outcome = Object::new();
    let set = |name, value: &JsValue| set(&outcome, name, value);
    match result {
        Ok(page) => {
            set("type", &"page".into());
            set("page", &page);
        }
        Err(Rejection::Aborted(reason)) => {
            set("type", &"aborted".into());
            set("reason", &reason);
        }
        Err(Rejection::Failed(failed)) => {
            set("type", &"failure".into());
            set("failure", &events::failure(&failed.failure));
            for (name, value) in [("details", &failed.details), ("cause", &failed.cause)] {
                if !value.is_undefined() {
                    set(name, value);
                }
            }
        }
    }
    outcome.into()
}

/// What was thrown, for people: an error's message with those of its causes, which Node has for a failed fetch.
pub fn message_of(thrown: &JsValue) -> String {
    let text = |value: &JsValue| {
        member(value, "message")
            .as_string()
            .unwrap_or_else(|| value.shown())
    };
    let cause = member(thrown, "cause");
    if cause.is_undefined() {
        text(thrown)
    } else {
        concat(&[&text(thrown), " (", &text(&cause), ")"])
    }
}

/// Sets a member of an object of ours, which cannot fail.
pub fn set(object: &Object, name: &str, value: &JsValue) {
    platform::set(object, name, value);
}
