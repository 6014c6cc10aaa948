//! JavaScript's timers, which end with the value that holds them.

use js_sys::Function;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, milliseconds: u32) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// Calls back once after so many milliseconds, unless it is dropped before.
pub struct Timer {
    handle: JsValue,
    _callback: Closure<dyn FnMut()>,
}

impl Timer {
    pub fn new(milliseconds: u32, callback: impl FnMut() + 'static) -> Self {
        let callback: Closure<dyn FnMut()> = Closure::new(callback);
        Self {
            handle: set_timeout(callback.as_ref().unchecked_ref(), milliseconds),
            _callback: callback,
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.handle);
    }
}
