//! Telling the caller's listeners what happens.

use js_sys::Function;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::value::set;
use crate::event::CallEvent;

#[wasm_bindgen(module = "/src/web/caller.js")]
extern "C" {
    /// The id of another call, which none before it has had.
    #[wasm_bindgen(js_namespace = listeners, js_name = nextCallId)]
    fn next_call_id() -> u32;

    /// Calls a listener, whatever it throws.
    #[wasm_bindgen(js_namespace = listeners)]
    fn notify(listener: &Function, event: &JsValue);
}

/// The events of one call.
#[derive(Clone)]
pub struct Events {
    listeners: Vec<Function>,
    /// What each of its events carries; 0 where nobody listens.
    call_id: u32,
}

impl Events {
    /// The events of a new call.
    pub fn new(listeners: Vec<Function>) -> Self {
        let call_id = if listeners.is_empty() {
            0
        } else {
            next_call_id()
        };
        Self { listeners, call_id }
    }

    /// Calls every listener, each with an object of its own, because it may change it.
    pub fn emit(&self, event: impl FnOnce() -> CallEvent) {
        if !self.listeners.is_empty() {
            self.notify_all(&event());
        }
    }

    fn notify_all(&self, event: &CallEvent) {
        for listener in &self.listeners {
            let object = to_js(event);
            set(&object, "callId", &self.call_id.into());
            notify(listener, &object);
        }
    }
}

/// A structure of the core as a plain object.
pub fn to_js(value: &impl Serialize) -> JsValue {
    // Structures of numbers and texts always become objects.
    value
        .serialize(&serde_wasm_bindgen::Serializer::new())
        .unwrap_or_default()
}
