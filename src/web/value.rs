//! Values of JavaScript whose every access may throw, and their description in messages.

use js_sys::JsString;
use wasm_bindgen::prelude::*;

use crate::api_key;

#[wasm_bindgen(module = "/src/web/caller.js")]
extern "C" {
    /// A property of whatever it is; undefined where it has none, or where reading it throws. Where it is read often, a getter
    /// of its own is faster: this name crosses the boundary each time.
    pub fn property(value: &JsValue, name: &str) -> JsValue;

    /// The same for an object's own property alone: what sits on a polluted prototype is no property of parsed JSON.
    #[wasm_bindgen(js_name = ownProperty)]
    pub fn own_property(value: &JsValue, name: &str) -> JsValue;

    /// What a value is that is no string.
    #[wasm_bindgen(js_name = kindOf)]
    fn kind_of(value: &JsValue) -> String;
}

/// As much of a foreign text as a message shows, in characters.
const MAX_SHOWN: usize = 60;

/// In UTF-16 code units, of which a character has at most two; and one character more, which shows that there are more.
const MAX_UNITS: u32 = 2 * (MAX_SHOWN as u32 + 1);

/// The first characters of a text on one line, without control characters, and an ellipsis where there are more.
pub fn shorten(text: &str) -> String {
    shorten_to(text, MAX_SHOWN)
}

/// The same for so many characters.
pub fn shorten_to(text: &str, most: usize) -> String {
    let mut shown = String::new();
    for (index, character) in text.chars().enumerate() {
        if index == most {
            shown.push('…');
            break;
        }
        shown.push(if character.is_control() {
            ' '
        } else {
            character
        });
    }
    shown
}

/// A text that holds something like a key may have been put in the wrong place: it is not shown.
pub fn shorten_unless_secret(text: &str) -> String {
    if api_key::may_be_in(text) {
        "sk_…".into()
    } else {
        shorten(text)
    }
}

/// What a value is, in a few words that are safe to show.
pub fn describe(value: &JsValue) -> String {
    if let Some(text) = value.dyn_ref::<JsString>() {
        // Of a long text, no more than is shown crosses the boundary.
        let start = String::from(text.slice(0, MAX_UNITS));
        ["\"", &shorten_unless_secret(&start), "\""].concat()
    } else {
        shorten(&kind_of(value))
    }
}
