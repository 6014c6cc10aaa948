//! What the promise of a call rejects with.

use wasm_bindgen::prelude::*;

use super::event::to_js;
use super::value::{describe, property};
use crate::api_key::{self, Secrets};
use crate::error::{Failure, InstaViewErrorType};

#[wasm_bindgen(module = "/src/web/caller.js")]
extern "C" {
    /// The error that a call rejects with.
    #[wasm_bindgen(js_namespace = errors)]
    fn create(message: &str, fields: &JsValue, details: &JsValue, cause: &JsValue) -> JsValue;

    /// An error in place of another.
    #[wasm_bindgen(js_namespace = errors)]
    fn cause(message: &str, name: Option<&str>, code: Option<&str>) -> JsValue;
}

/// Why a call gives no page.
pub enum Rejection {
    /// The caller's abort, with its reason.
    Aborted(JsValue),
    /// Anything else.
    Failed(Box<Failed>),
}

/// A failure, with what only JavaScript can hold of it.
pub struct Failed {
    /// The fields of the error.
    pub failure: Failure,
    /// What the API added to its error; undefined where it added nothing.
    pub details: JsValue,
    /// What was thrown, in an error of our own; undefined where nothing was.
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

impl From<Box<Failure>> for Rejection {
    fn from(failure: Box<Failure>) -> Self {
        (*failure).into()
    }
}

impl Rejection {
    /// A failure that something thrown has caused.
    pub fn caused_by(
        thrown: &JsValue,
        r#type: InstaViewErrorType,
        message: &str,
        secrets: &Secrets,
    ) -> Self {
        Failed {
            cause: Thrown::read(thrown).redacted(secrets),
            ..Failure::new(r#type, message).into()
        }
        .into()
    }
}

/// The reason of the abort, or an error that has the failure's fields. The package makes it an `InstaViewError`.
impl From<Rejection> for JsValue {
    fn from(rejection: Rejection) -> Self {
        let failed = match rejection {
            Rejection::Aborted(reason) => return reason,
            Rejection::Failed(failed) => failed,
        };
        let fields = to_js(&failed.failure);
        create(
            &failed.failure.message,
            &fields,
            &failed.details,
            &failed.cause,
        )
    }
}

/// What a foreign function threw, read once: a getter may give something else the second time.
pub struct Thrown {
    /// For people: an error's message with that of its cause, which Node has for a failed fetch.
    message: String,
    name: Option<String>,
    code: Option<String>,
}

impl Thrown {
    /// Reads what was thrown.
    pub fn read(thrown: &JsValue) -> Self {
        let cause = property(thrown, "cause");
        let text = |name: &str| {
            property(thrown, name)
                .as_string()
                .or_else(|| property(&cause, name).as_string())
        };
        let message = |value: &JsValue| {
            property(value, "message")
                .as_string()
                .unwrap_or_else(|| describe(value))
        };
        Self {
            message: if cause.is_undefined() {
                message(thrown)
            } else {
                [&message(thrown), " (", &message(&cause), ")"].concat()
            },
            name: text("name"),
            code: text("code"),
        }
    }

    /// What is only a message.
    pub fn from_message(message: &str) -> Self {
        Self {
            message: message.into(),
            name: None,
            code: None,
        }
    }

    /// Whether there may be a key in it.
    pub fn may_hold_key(&self) -> bool {
        let texts = [Some(&self.message), self.name.as_ref(), self.code.as_ref()];
        texts
            .into_iter()
            .flatten()
            .any(|text| api_key::may_be_in(text))
    }

    /// An error of our own: whoever threw it may have put the request into it, and with that the key, where only a debugger finds
    /// it. Its message, name and code are kept.
    pub fn redacted(&self, secrets: &Secrets) -> JsValue {
        let redacted = |text: &Option<String>| text.as_ref().map(|text| secrets.redact(text));
        let (name, code) = (redacted(&self.name), redacted(&self.code));
        cause(
            &secrets.redact(&self.message),
            name.as_deref(),
            code.as_deref(),
        )
    }
}

/// What was thrown, for people.
pub fn message_of(thrown: &JsValue, secrets: &Secrets) -> String {
    secrets.redact(&Thrown::read(thrown).message)
}
