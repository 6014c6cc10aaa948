//! Tells the caller's listener what happens.

use js_sys::Function;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use super::settings::Environment;
use crate::event::ClientEvent;

/// The listener of a call, where there is one.
pub struct Events<'a> {
    pub listener: Option<Function>,
    pub environment: &'a Environment,
}

impl Events<'_> {
    /// Tells the listener. What it throws does not disturb the call.
    pub fn emit(&self, event: impl FnOnce() -> ClientEvent) {
        if let Some(listener) = &self.listener {
            self.environment.notify(listener, &to_js(&event()));
        }
    }
}

/// The value that JavaScript reads as this one; it cannot fail for what the core makes.
pub fn to_js(value: &impl Serialize) -> JsValue {
    value.serialize(&Serializer::new()).unwrap_or_default()
}
