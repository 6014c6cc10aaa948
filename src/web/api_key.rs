//! The key: given, or asked for at every attempt.

use wasm_bindgen::prelude::*;

use super::interrupt::Interrupt;
use super::outcome::{Rejection, message_of, told};
use crate::api_key;
use crate::failure::{Failure, InstaViewErrorType};
use crate::issue::Issue;
use crate::text::contains;

/// Where the key comes from.
pub enum ApiKey {
    /// A backend of the caller's own adds it.
    None,
    Text(String),
    /// The caller's function, which gives it or promises it.
    Function(JsValue),
}

impl ApiKey {
    /// The key for an attempt. A function has as long to give it as the attempt itself.
    pub async fn get(&self, interrupt: &Interrupt) -> Result<Option<String>, Rejection> {
        match self {
            Self::None => Ok(None),
            Self::Text(key) => Ok(Some(key.clone())),
            Self::Function(function) => {
                let _clock = interrupt.start_attempt();
                let given = interrupt.call(function, &JsValue::UNDEFINED).await?;
                checked(given).map(Some)
            }
        }
    }
}

fn checked(given: Result<JsValue, JsValue>) -> Result<String, Rejection> {
    let Some(key) = given.map_err(failed)?.as_string() else {
        return Err(unusable("a string", "a value of another type"));
    };
    match api_key::check(&key) {
        Ok(()) => Ok(key),
        Err(received) => Err(unusable(api_key::EXPECTED, received)),
    }
}

/// How every key of InstaView's begins.
const KEY_PREFIX: &str = "sk_";

/// What the function threw is told, unless there may be a key in it.
fn failed(thrown: JsValue) -> Rejection {
    let message = "The apiKey function failed";
    let cause = if contains(&message_of(&thrown), KEY_PREFIX) {
        JsValue::UNDEFINED
    } else {
        told(&thrown, "")
    };
    Rejection::with_cause(InstaViewErrorType::Configuration, message, cause)
}

fn unusable(expected: &str, received: &str) -> Rejection {
    let issue = Issue::with_received("apiKey", expected, received);
    Failure::of_issues(InstaViewErrorType::Configuration, vec![issue]).into()
}
