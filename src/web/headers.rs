//! The caller's own headers.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use web_sys::Headers;

use crate::issue::Issue;

const EXPECTED: &str = "a Headers, an array of pairs of strings, or an object of strings";

/// Adds what the caller gave, over what is there. A header may be a secret: no value is shown.
pub fn add(headers: &Headers, given: &JsValue) -> Result<(), Issue> {
    let added = pairs(given).and_then(|pairs| {
        pairs
            .iter()
            .try_for_each(|(name, value)| headers.set(name, value))
    });
    added.map_err(|_| Issue::with_received("headers", EXPECTED, "a value that is none"))
}

/// Names and values, read once, because the second time they may be others. Only strings are taken: `Headers` itself would
/// send null as the text "null".
fn pairs(given: &JsValue) -> Result<Vec<(String, String)>, JsValue> {
    let mut pairs = Vec::new();
    let mut add = |name: JsValue, value: JsValue| match (name.as_string(), value.as_string()) {
        (Some(name), Some(value)) => {
            pairs.push((name, value));
            Ok(())
        }
        _ => Err(JsValue::UNDEFINED),
    };
    if !given.is_object() {
        return Err(JsValue::UNDEFINED);
    }
    if let Some(entries) = js_sys::try_iter(given)? {
        for entry in entries {
            let entry = entry?;
            let entry = entry.unchecked_ref();
            add(Reflect::get_u32(entry, 0)?, Reflect::get_u32(entry, 1)?)?;
        }
    } else {
        for name in Reflect::own_keys(given)?.iter() {
            let value = Reflect::get(given, &name)?;
            add(name, value)?;
        }
    }
    Ok(pairs)
}
