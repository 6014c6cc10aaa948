//! The headers that the caller gives, in each of the forms that `Headers` can be constructed from.

use js_sys::{Array, Reflect, Symbol};
use wasm_bindgen::prelude::*;
use web_sys::Headers;

use super::object;
use super::value::is_array;

#[wasm_bindgen]
extern "C" {
    // The iterator is the caller's.
    #[wasm_bindgen(js_namespace = Array, js_name = from, catch)]
    fn array_from(iterable: &JsValue) -> Result<Array, JsValue>;
}

/// Reads what the caller gave once, because it may be something else the second time. Only strings are taken: `Headers` itself
/// would send null as the text "null". Names that are repeated, in whatever case, are joined. None where it is something else,
/// or `Headers` refuses a name or a value.
pub fn read(given: &JsValue) -> Option<Headers> {
    if !given.is_object() {
        return None;
    }
    let iterator = Reflect::get(given, Symbol::iterator().as_ref()).ok()?;
    let headers = Headers::new().ok()?;
    if iterator.is_undefined() {
        for name in object::names(given)?.iter() {
            append(&headers, &name, &Reflect::get(given, &name).ok()?)?;
        }
    } else {
        for entry in array_from(given).ok()?.iter() {
            append_pair(&headers, &entry)?;
        }
    }
    Some(headers)
}

/// Appends an array of exactly a name and a value.
fn append_pair(headers: &Headers, entry: &JsValue) -> Option<()> {
    if !is_array(entry).ok()? {
        return None;
    }
    let pair = array_from(entry).ok()?;
    if pair.length() == 2 {
        append(headers, &pair.get(0), &pair.get(1))
    } else {
        None
    }
}

fn append(headers: &Headers, name: &JsValue, value: &JsValue) -> Option<()> {
    headers.append(&name.as_string()?, &value.as_string()?).ok()
}

/// A copy of the defaults in which each name of the others has their value instead. A copy, because what is read from a client's
/// options serves all its calls. Fails where the caller's code has broken the platform's `Headers`.
pub fn merge(defaults: Option<&Headers>, others: &Headers) -> Result<Headers, JsValue> {
    let Some(defaults) = defaults else {
        return Headers::new_with_headers(others);
    };
    let merged = Headers::new_with_headers(defaults)?;
    for entry in array_from(others)?.iter() {
        let pair: Array = entry.unchecked_into();
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            merged.set(&name, &value)?;
        }
    }
    Ok(merged)
}
