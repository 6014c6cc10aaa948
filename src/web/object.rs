//! Plain objects: the only ones that options are taken from.

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;

use super::value::property;

#[wasm_bindgen]
extern "C" {
    // The traps of a Proxy may throw.
    #[wasm_bindgen(js_namespace = Object, js_name = keys, catch)]
    fn keys(object: &JsValue) -> Result<Array, JsValue>;
}

/// The names of an object's own enumerable properties, without symbols. None where it is no plain object, or refuses: what has
/// another prototype may have its properties there, where nobody would find them.
pub fn names(object: &JsValue) -> Option<Array> {
    if !object.is_object() {
        return None;
    }
    let prototype = Reflect::get_prototype_of(object).ok()?;
    if prototype.is_null() || is_object_prototype(&prototype) {
        keys(object).ok()
    } else {
        None
    }
}

/// Whether this is the `Object.prototype` of a realm: the only object without a prototype that has its method.
fn is_object_prototype(object: &JsValue) -> bool {
    Reflect::get_prototype_of(object).is_ok_and(|prototype| prototype.is_null())
        && property(object, "isPrototypeOf").is_function()
}
