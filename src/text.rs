//! Texts, byte by byte: what the standard library does for any pattern takes kilobytes.

/// The parts in one text.
pub fn concat(parts: &[&str]) -> String {
    join(parts.iter().copied(), "")
}

/// The parts in one text, with a separator between each two.
pub fn join<'a>(parts: impl Iterator<Item = &'a str>, separator: &str) -> String {
    let mut text = String::new();
    for part in parts {
        if !text.is_empty() {
            text.push_str(separator);
        }
        text.push_str(part);
    }
    text
}

/// What is before and after the first such part, which is not empty.
pub fn split_first<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    let at = windows(text, part).position(|window| window == part.as_bytes())?;
    split_at(text, at, part.len())
}

/// What is before and after the last such part, which is not empty.
pub fn split_last<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    let at = windows(text, part).rposition(|window| window == part.as_bytes())?;
    split_at(text, at, part.len())
}

/// The text up to the first such part, which is not empty.
pub fn before<'a>(text: &'a str, part: &str) -> &'a str {
    split_first(text, part).map_or(text, |(before, _)| before)
}

/// Whether the text has such a part, which is not empty.
pub fn contains(text: &str, part: &str) -> bool {
    split_first(text, part).is_some()
}

fn windows<'a>(text: &'a str, part: &str) -> std::slice::Windows<'a, u8> {
    text.as_bytes().windows(part.len().max(1))
}

fn split_at(text: &str, at: usize, length: usize) -> Option<(&str, &str)> {
    Some((text.get(..at)?, text.get(at.checked_add(length)?..)?))
}

/// A number's decimal digits.
pub fn decimal(number: u32) -> String {
    let mut digits = match number / 10 {
        0 => String::new(),
        tens => decimal(tens),
    };
    digits.push(char::from(b'0'.wrapping_add((number % 10) as u8)));
    digits
}

/// The number with these decimal digits, the largest one where there are too many; nothing where there is anything else.
pub fn number(digits: &str) -> Option<u32> {
    let mut number: u32 = 0;
    for byte in digits.bytes() {
        let digit = char::from(byte).to_digit(10)?;
        number = number.saturating_mul(10).saturating_add(digit);
    }
    (!digits.is_empty()).then_some(number)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_are_found_and_parted() {
        assert_eq!(split_first("a, b, c", ", "), Some(("a", "b, c")));
        assert_eq!(split_last("a, b, c", ", "), Some(("a, b", "c")));
        assert_eq!(split_last("ä…ö", "…"), Some(("ä", "ö")));
        assert_eq!(split_first("short", "longer than that"), None);
        assert_eq!(before("host/path/more", "/"), "host");
        assert_eq!(before("host", "/"), "host");
    }

    #[test]
    fn too_many_digits_are_the_largest_number() {
        assert_eq!(number("99999999999"), Some(u32::MAX));
        for nonsense in ["", "-1", "+1", " 1", "1.0", "1e3", "١"] {
            assert_eq!(number(nonsense), None, "{nonsense}");
        }
    }

    proptest! {
        #[test]
        fn digits_are_those_of_the_number(any: u32) {
            prop_assert_eq!(decimal(any), any.to_string());
            prop_assert_eq!(number(&decimal(any)), Some(any));
        }

        #[test]
        fn parts_are_found_where_the_standard_library_finds_them(text in "[ab…]{0,9}", part in "[ab…]{1,3}") {
            prop_assert_eq!(split_first(&text, &part), text.split_once(part.as_str()));
            prop_assert_eq!(contains(&text, &part), text.contains(part.as_str()));
        }
    }
}
