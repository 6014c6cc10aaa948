//! Texts and numbers: the standard library's formatting takes kilobytes.

/// The parts in one text.
pub fn concat(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
    }
    text
}

/// A number's decimal digits.
pub fn decimal(number: u64) -> String {
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
    fn too_many_digits_are_the_largest_number() {
        assert_eq!(number("99999999999"), Some(u32::MAX));
        for nonsense in ["", "-1", "+1", " 1", "1.0", "1e3", "١"] {
            assert_eq!(number(nonsense), None, "{nonsense}");
        }
    }

    proptest! {
        #[test]
        fn digits_are_those_of_the_number(any: u32) {
            prop_assert_eq!(decimal(any.into()), any.to_string());
            prop_assert_eq!(number(&decimal(any.into())), Some(any));
        }
    }
}
