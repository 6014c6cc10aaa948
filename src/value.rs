//! A value that came from outside, an argument or a part of a response, as the rules see it.

use crate::text::{concat, contains};

/// What a value is, in JavaScript's terms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// `undefined`, or a member that is not there.
    Undefined,
    /// `null`
    Null,
    /// A boolean, and which.
    Boolean(bool),
    /// A number, and which; `NaN` and the infinities included.
    Number(f64),
    /// A string.
    String,
    /// An array.
    Array,
    /// Any other object.
    Object,
    /// A function.
    Function,
    /// A symbol or a bigint.
    Other,
}

/// How the rules look at a foreign value without knowing who holds it: JavaScript in the package, `serde_json` in the
/// native tests.
pub trait Value: Sized {
    /// What it is.
    fn kind(&self) -> Kind;

    /// A string's text, or what JavaScript prints for a number, a symbol or a bigint; else empty.
    fn text(&self) -> String;

    /// An object's member; undefined where there is none, or no object.
    fn member(&self, name: &str) -> Self;

    /// An array's length; 0 for anything else.
    fn length(&self) -> u32;

    /// An array's element; undefined where there is none, or no array.
    fn element(&self, index: u32) -> Self;

    /// What it is, in a few words that are safe to show.
    fn shown(&self) -> String {
        match self.kind() {
            Kind::Undefined => "undefined".into(),
            Kind::Null => "null".into(),
            Kind::Boolean(true) => "true".into(),
            Kind::Boolean(false) => "false".into(),
            Kind::Number(_) | Kind::Other => shorten(&self.text(), SHOWN),
            Kind::String => quote(&self.text()),
            Kind::Array => "an array".into(),
            Kind::Object => "an object".into(),
            Kind::Function => "a function".into(),
        }
    }
}

/// As much of a foreign value as a message can take, in characters.
pub const SHOWN: usize = 60;

/// The text within quotation marks, shortened. A text that holds something like a key is not shown: it may have been
/// put in the wrong place.
pub fn quote(text: &str) -> String {
    let shown = if contains(text, "sk_") {
        "sk_…".into()
    } else {
        shorten(text, SHOWN)
    };
    concat(&["\"", &shown, "\""])
}

/// At most so many of the text's first characters, on one line, and an ellipsis where there are more.
pub fn shorten(text: &str, most: usize) -> String {
    let mut characters = text.chars();
    let mut shown: String = characters
        .by_ref()
        .take(most)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if characters.next().is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn every_kind_is_described() {
        for (value, described) in [
            (json!(null), "null"),
            (json!(true), "true"),
            (json!(false), "false"),
            (json!(1.5), "1.5"),
            (json!("2"), "\"2\""),
            (json!([1]), "an array"),
            (json!({"a": 1}), "an object"),
        ] {
            assert_eq!(Some(value).shown(), described);
        }
        assert_eq!(None.shown(), "undefined");
    }

    #[test]
    fn what_may_be_a_key_is_not_described() {
        let misplaced = Some(json!(
            "https://sk_live_4eC39HqLyjWDarjtT1zdp7dc@example.com"
        ));
        assert_eq!(misplaced.shown(), "\"sk_…\"");
    }

    proptest! {
        #[test]
        fn descriptions_are_short_and_of_one_line(text in any::<String>()) {
            let described = Some(json!(text)).shown();
            prop_assert!(described.chars().count() <= SHOWN + 3);
            prop_assert!(!described.contains(char::is_control));
        }
    }
}
