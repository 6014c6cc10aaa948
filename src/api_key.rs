//! What an API key may look like. A key never appears in a message: not even a wrong one.

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

    proptest! {
        #[test]
        fn an_accepted_key_fits_in_a_header(key in any::<String>()) {
            let visible = !key.is_empty() && key.chars().all(|c| ('!'..='~').contains(&c));
            prop_assert_eq!(check(&key).is_ok(), visible);
        }
    }
}
