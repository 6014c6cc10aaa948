//! Telling the caller's listeners what happens.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Function;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::event::{CallEvent, ClientEvent};
use crate::rate_limit::Wait;

#[wasm_bindgen(module = "/src/web/caller.js")]
extern "C" {
    /// The id of another call, which none before it has had.
    #[wasm_bindgen(js_namespace = listeners, js_name = nextCallId)]
    fn next_call_id() -> u32;

    /// Maps as plain objects.
    #[wasm_bindgen(js_namespace = records)]
    fn plain(value: &JsValue) -> JsValue;

    /// Calls a listener, whatever it throws.
    #[wasm_bindgen(js_namespace = listeners)]
    fn notify(listener: &Function, event: &JsValue);
}

/// How much two reports of one reset differ, in milliseconds: they are in whole seconds.
const SAME_MOMENT: f64 = 1_000.0;

/// The events of one call.
#[derive(Clone)]
pub struct Events {
    listeners: Vec<Function>,
    /// What each of its events carries; 0 where nobody listens.
    call_id: u32,
    /// The wait for the rate limit that was announced last, by whichever page of a listing.
    announced: Rc<Cell<Option<Wait>>>,
}

impl Events {
    /// The events of a new call.
    pub fn new(listeners: Vec<Function>) -> Self {
        let call_id = if listeners.is_empty() {
            0
        } else {
            next_call_id()
        };
        Self {
            listeners,
            call_id,
            announced: Rc::default(),
        }
    }

    /// Calls every listener, each with an object of its own, because it may change it.
    pub fn emit(&self, event: impl FnOnce() -> CallEvent) {
        if !self.listeners.is_empty() {
            self.notify_all(&event());
        }
    }

    /// Announces a wait for the rate limit, unless it has been already: it is for another window, or until later. Whether it is new.
    pub fn emit_wait(&self, wait: &Wait, now: f64) -> bool {
        let is_known = self.announced.get().is_some_and(|announced| {
            announced.window == wait.window && wait.until <= announced.until + SAME_MOMENT
        });
        if !is_known {
            self.announce(wait, wait.delay(now));
        }
        !is_known
    }

    /// Announces a wait for the rate limit, with how long it is.
    pub fn announce(&self, wait: &Wait, delay: f64) {
        self.announced.set(Some(*wait));
        let window = wait.window.name();
        self.emit(|| CallEvent::RateLimitWait { delay, window });
    }

    fn notify_all(&self, event: &CallEvent) {
        for listener in &self.listeners {
            let call_id = self.call_id;
            notify(listener, &to_js(&ClientEvent { call_id, event }));
        }
    }
}

/// What serde makes a map of, as `record` does, as a plain object.
///
/// The members of a structure would be assigned to an object, which a setter on `Object.prototype` notices, and their names kept in a
/// hash map, which is another 1.3 kB of the bundle (gzip).
pub fn to_js(value: &impl Serialize) -> JsValue {
    // Maps of numbers and texts always succeed.
    let map = value.serialize(&serde_wasm_bindgen::Serializer::new());
    plain(&map.unwrap_or_default())
}
