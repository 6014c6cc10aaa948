//! What an API key may look like. A key never appears in a message: not even a wrong one.

use crate::text::{concat, split_first, split_last};

/// What a key must be.
///
/// InstaView's keys are `sk_` and Base62 characters. What matters here is that the key can be sent in a header as it
/// is: a line break or a letter outside ASCII would make `fetch` fail with an error that quotes it.
pub const EXPECTED: &str = "visible ASCII characters without spaces";

/// Whether the key can be sent; else what was received, in words that do not give it away.
pub fn check(key: &str) -> Result<(), &'static str> {
    if key.is_empty() {
        Err("an empty string")
    } else if key.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(())
    } else if key.trim_ascii().bytes().all(|byte| byte.is_ascii_graphic()) {
        Err("a string with white space around it")
    } else {
        Err("a string with other characters")
    }
}

/// A text that is shorter is no secret, and may stand anywhere.
const SHORTEST_SECRET: usize = 8;

/// The text without the key, whoever put it there: also without the beginning of a key that a shortened text ends with.
pub fn without_key(text: &str, key: &str) -> String {
    if key.len() < SHORTEST_SECRET {
        return text.into();
    }
    let mut redacted = String::new();
    let mut rest = text;
    while let Some((before, after)) = split_first(rest, key) {
        redacted.push_str(before);
        redacted.push_str("[key]");
        rest = after;
    }
    redacted.push_str(rest);
    let Some((shown, after)) = split_last(&redacted, "…") else {
        return redacted;
    };
    let beginning = (1..key.len())
        .rev()
        .filter_map(|length| key.get(..length))
        .find(|beginning| shown.ends_with(beginning));
    let shown = beginning
        .and_then(|beginning| shown.strip_suffix(beginning))
        .unwrap_or(shown);
    concat(&[shown, "…", after])
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keys_are_visible_ascii() {
        assert!(check("sk_live_4eC39HqLyjWDarjtT1zdp7dc").is_ok());
        assert_eq!(check(""), Err("an empty string"));
        assert_eq!(
            check("sk_abc\n"),
            Err("a string with white space around it")
        );
        for key in [
            "sk abc",
            "sk_\u{e9}",
            "sk_\u{0}a",
            "sk_a\nb",
            "sk_a\u{200b}",
        ] {
            assert_eq!(check(key), Err("a string with other characters"));
        }
    }

    #[test]
    fn a_key_is_taken_out_of_a_text_whole_or_cut_off() {
        let key = "0123456789abcdef";
        assert_eq!(
            without_key("of 0123456789abcdef, twice 0123456789abcdef", key),
            "of [key], twice [key]"
        );
        assert_eq!(without_key("\"of 01234567…\"", key), "\"of …\"");
        assert_eq!(without_key("of 0…", key), "of …");
        assert_eq!(without_key("nothing…", key), "nothing…");
        assert_eq!(
            without_key("a short key is no key", "key"),
            "a short key is no key"
        );
    }

    proptest! {
        #[test]
        fn an_accepted_key_fits_in_a_header(key in any::<String>()) {
            let visible = !key.is_empty() && key.chars().all(|c| ('!'..='~').contains(&c));
            prop_assert_eq!(check(&key).is_ok(), visible);
        }
    }
}
