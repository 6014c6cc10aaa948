//! How a call ends, as TypeScript gets it: a resolved value, so that it cannot be taken for a trap of wasm.

use js_sys::{Object, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::failure::{Failure, InstaViewErrorType};
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

impl From<Failure> for Rejection {
    fn from(failure: Failure) -> Self {
        Self::Failed(Box::new(Failed {
            failure,
            details: JsValue::UNDEFINED,
            cause: JsValue::UNDEFINED,
        }))
    }
}

impl Rejection {
    pub fn new(r#type: InstaViewErrorType, message: impl Into<String>) -> Self {
        Failure::new(r#type, message).into()
    }

    pub fn with_cause(
        r#type: InstaViewErrorType,
        message: impl Into<String>,
        cause: JsValue,
    ) -> Self {
        Self::Failed(Box::new(Failed {
            failure: Failure::new(r#type, message),
            details: JsValue::UNDEFINED,
            cause,
        }))
    }
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
            let failure = failed.failure.serialize(&Serializer::new());
            set("failure", &failure.unwrap_or_default());
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
    let member = |value: &JsValue, name: &str| {
        if value.is_object() {
            Reflect::get(value, &name.into()).unwrap_or_default()
        } else {
            JsValue::UNDEFINED
        }
    };
    let text = |value: &JsValue| {
        member(value, "message")
            .as_string()
            .unwrap_or_else(|| value.shown())
    };
    let cause = member(thrown, "cause");
    if cause.is_undefined() {
        text(thrown)
    } else {
        [&text(thrown), " (", &text(&cause), ")"].concat()
    }
}

/// Sets a member of an object of ours, which cannot fail.
pub fn set(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}
