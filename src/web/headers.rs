//! The caller's own headers.

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Headers;

use crate::issue::Issue;

const EXPECTED: &str = "headers: a Headers, an array of pairs, or an object of strings";

/// Adds what the caller gave, over what is there. A header may be a secret: no value is shown.
pub fn add(headers: &Headers, given: &JsValue) -> Result<(), Issue> {
    let refused = || Issue::with_received("headers", EXPECTED, "a value that is none");
    if !given.is_object() || has_nullish(given).map_err(|_| refused())? {
        return Err(refused());
    }
    let given = Headers::new_with_record_from_str_to_str(given.unchecked_ref());
    let entries = given.and_then(|given| Ok(js_sys::try_iter(&given)?.map(Iterator::collect)));
    let entries: Option<Result<Vec<JsValue>, JsValue>> = entries.map_err(|_| refused())?;
    for entry in entries
        .transpose()
        .map_err(|_| refused())?
        .unwrap_or_default()
    {
        let pair: Array = entry.unchecked_into();
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            headers.set(&name, &value).map_err(|_| refused())?;
        }
    }
    Ok(())
}

/// Whether a value is null or undefined: `Headers` would send it as the text "null" or "undefined".
fn has_nullish(given: &JsValue) -> Result<bool, JsValue> {
    let is_nullish = |value: JsValue| value.is_null() || value.is_undefined();
    if let Some(pairs) = js_sys::try_iter(given)? {
        for pair in pairs {
            if is_nullish(Reflect::get_u32(pair?.unchecked_ref(), 1)?) {
                return Ok(true);
            }
        }
    } else {
        for name in Reflect::own_keys(given)?.iter() {
            if is_nullish(Reflect::get(given, &name)?) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
