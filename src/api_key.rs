//! What an API key may look like. A key never appears in a message: not even a wrong one.

/// What a key must be.
///
/// InstaView's keys are `sk_` and Base62 characters. What matters here is that the key can be sent in a header as it
/// is: a line break or a letter outside ASCII would make `fetch` fail with an error that quotes it.
pub const EXPECTED: &str = "visible ASCII characters without spaces";

/// How every key of InstaView's begins.
const PREFIX: &str = "sk_";

/// Whether there may be a key in a text.
pub fn may_be_in(text: &str) -> bool {
    // The search of `str::contains` is a kilobyte.
    let prefix = PREFIX.as_bytes();
    text.as_bytes()
        .windows(prefix.len())
        .any(|window| window == prefix)
}

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

/// A shorter key is no secret, and its characters may stand in any text.
const MIN_SECRET_LENGTH: usize = 8;

/// A shorter beginning of a key gives nothing away, and may be anybody's text.
const MIN_BEGINNING_LENGTH: usize = 4;

/// The keys of all attempts of a call, none of which may be in what the call fails with.
#[derive(Default)]
pub struct Secrets {
    keys: Vec<String>,
}

impl Secrets {
    /// Remembers a key. White space around it does not count: the key may be shown elsewhere without it.
    pub fn push(&mut self, key: &str) {
        let key = key.trim_matches(|character: char| !character.is_ascii_graphic());
        if key.len() >= MIN_SECRET_LENGTH && !self.keys.iter().any(|known| known == key) {
            self.keys.push(key.into());
        }
    }

    /// The text with `[key]` in place of each key, and of the beginning of one where the text was shortened.
    pub fn redact(&self, text: &str) -> String {
        redact(&self.keys, text, None)
    }

    /// The same for a document of JSON, as `JSON.stringify` writes it.
    pub fn redact_json(&self, json: &str) -> String {
        let keys: Vec<_> = self.keys.iter().map(|key| json_escaped(key)).collect();
        redact(&keys, json, Some('\\'))
    }
}

/// No key is searched for behind the character that escapes the next one: `\t` is no `t`.
fn redact(keys: &[String], text: &str, escape: Option<char>) -> String {
    let mut redacted = String::with_capacity(text.len());
    let mut rest = text;
    let mut is_escaped = false;
    while let Some(character) = rest.chars().next() {
        // Of a key that begins with another one, nothing remains.
        let found = keys.iter().filter_map(|key| found_length(key, rest)).max();
        let behind = found
            .filter(|_| !is_escaped)
            .and_then(|length| rest.get(length..));
        if let Some(behind) = behind {
            redacted.push_str("[key]");
            rest = behind;
        } else {
            redacted.push(character);
            rest = rest.get(character.len_utf8()..).unwrap_or_default();
            is_escaped = !is_escaped && Some(character) == escape;
        }
    }
    redacted
}

/// A key as it stands in a string of JSON.
fn json_escaped(key: &str) -> String {
    let mut escaped = String::new();
    for character in key.chars() {
        if matches!(character, '"' | '\\') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// How many bytes at the start of a text are the key, or its beginning where an ellipsis follows.
fn found_length(key: &str, text: &str) -> Option<usize> {
    let pairs = key.bytes().zip(text.bytes());
    let common = pairs
        .take_while(|(expected, byte)| expected == byte)
        .count();
    let is_cut_off = || text.get(common..).is_some_and(|rest| rest.starts_with('…'));
    let is_found = common == key.len() || common >= MIN_BEGINNING_LENGTH && is_cut_off();
    is_found.then_some(common)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn secrets(keys: &[&str]) -> Secrets {
        let mut secrets = Secrets::default();
        for key in keys {
            secrets.push(key);
        }
        secrets
    }

    #[test]
    fn every_key_is_replaced_everywhere() {
        let secrets = secrets(&["sk_first_key", "sk_second_key", "sk_first_key"]);
        assert_eq!(
            secrets.redact("sk_first_key, \"sk_second_key\": sk_first_keysk_second_key"),
            "[key], \"[key]\": [key][key]"
        );
        assert_eq!(
            secrets.redact("Žiadny kľúč: sk_first"),
            "Žiadny kľúč: sk_first"
        );
        assert_eq!(secrets.redact(""), "");
    }

    #[test]
    fn of_keys_that_begin_alike_nothing_remains() {
        for keys in [["12345678", "1234567890"], ["1234567890", "12345678"]] {
            assert_eq!(
                secrets(&keys).redact("1234567890 12345678 1234567"),
                "[key] [key] 1234567"
            );
        }
    }

    #[test]
    fn a_beginning_is_replaced_where_the_text_was_shortened() {
        let secrets = secrets(&["MARKER/with'every"]);
        assert_eq!(
            secrets.redact("received \"MARKER/wi…\"; received \"MARK…\"; MARKER/wi"),
            "received \"[key]…\"; received \"[key]…\"; MARKER/wi"
        );
        assert_eq!(secrets.redact("MAR…"), "MAR…");
    }

    #[test]
    fn a_short_key_is_no_secret() {
        assert_eq!(secrets(&["1234567"]).redact("1234567"), "1234567");
        assert_eq!(secrets(&[""]).redact("text"), "text");
    }

    #[test]
    fn a_key_is_found_without_the_white_space_around_it() {
        assert_eq!(secrets(&[" sk_a_key\n"]).redact("sk_a_key"), "[key]");
    }

    #[test]
    fn a_key_is_found_in_json_as_it_is_written_there() {
        let secrets = secrets(&[r#"sk_"quoted"\key"#]);
        let json = r#"{"a":"sk_\"quoted\"\\key","b":"sk_"}"#;
        assert_eq!(secrets.redact_json(json), r#"{"a":"[key]","b":"sk_"}"#);
        assert_eq!(secrets.redact(json), json);
    }

    #[test]
    fn an_escape_of_json_is_no_part_of_a_key() {
        let secrets = secrets(&["tttttttt"]);
        let json = r#"["\tttttttt","\\tttttttt","\ttttttttt"]"#;
        assert_eq!(
            secrets.redact_json(json),
            r#"["\tttttttt","\\[key]","\t[key]"]"#
        );
    }

    #[test]
    fn a_key_may_be_in_what_has_its_prefix() {
        for text in ["sk_", "key: sk_live_x", "ask_"] {
            assert!(may_be_in(text), "{text}");
        }
        for text in ["", "sk", "s_k", "SK_", "no key here at all"] {
            assert!(!may_be_in(text), "{text}");
        }
    }

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
    proptest! {
        #[test]
        fn no_key_remains(key in "[!-~]{8,20}", before in ".*", behind in ".*") {
            prop_assume!(!"[key]".contains(&key));
            let text = [&before, &key, &behind, &*key].concat();
            prop_assert!(!secrets(&[&key]).redact(&text).contains(&key));
        }

        #[test]
        fn other_text_stays(key in "[a-z]{8,20}", text in "[^a-z]*") {
            prop_assert_eq!(secrets(&[&key]).redact(&text), text);
        }
    }
}
