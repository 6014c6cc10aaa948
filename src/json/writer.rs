//! Writes the objects and arrays that leave the core.

#![expect(
    clippy::single_char_add_str,
    reason = "a character would have to be encoded, by code that is shipped for it"
)]

use crate::text::concat;

/// An object under construction.
#[derive(Debug)]
pub struct Object(String);

impl Default for Object {
    fn default() -> Self {
        Self("{".into())
    }
}

impl Object {
    /// Adds a member whose value is JSON already; its name needs no escapes.
    pub fn raw(&mut self, name: &str, json: &str) -> &mut Self {
        if self.0.len() > 1 {
            self.0.push_str(",");
        }
        for part in ["\"", name, "\":", json] {
            self.0.push_str(part);
        }
        self
    }

    /// Adds a member that is a text, spelled as in JSON already: all that the core says itself needs no escapes, and what comes
    /// from outside goes on as it came.
    pub fn text(&mut self, name: &str, spelled: &str) -> &mut Self {
        self.raw(name, &concat(&["\"", spelled, "\""]))
    }

    /// The object as a text.
    pub fn end(&mut self) -> String {
        let mut json = core::mem::take(&mut self.0);
        json.push_str("}");
        json
    }
}

/// An array of values that are JSON already.
#[derive(Debug, Default)]
pub struct Array(String);

impl Array {
    /// Adds an element.
    pub fn push(&mut self, json: &str) {
        self.0.push_str(if self.0.is_empty() { "[" } else { "," });
        self.0.push_str(json);
    }

    /// Whether it has no elements.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds the elements of another.
    pub fn append(&mut self, others: Self) {
        if let Some(elements) = others.0.get(1..) {
            self.push(elements);
        }
    }

    /// The array as a text.
    pub fn end(mut self) -> String {
        if self.0.is_empty() {
            self.0.push_str("[");
        }
        self.0.push_str("]");
        self.0
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn nothing_is_an_object_and_an_array_too() {
        assert_eq!(Object::default().end(), "{}");
        assert_eq!(Array::default().end(), "[]");
    }

    #[test]
    fn what_is_written_can_be_read() {
        let mut array = Array::default();
        array.push(&Object::default().text("a", "b\\n").end());
        let mut others = Array::default();
        others.append(Array::default());
        others.push(&Object::default().raw("n", "1").raw("r", "[null]").end());
        array.append(others);
        let read: Value = serde_json::from_str(&array.end()).expect("JSON");
        assert_eq!(read, json!([{ "a": "b\n" }, { "n": 1, "r": [null] }]));
    }
}
