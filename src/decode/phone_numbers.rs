//! The elements of a page's array: lists what is wrong with them. Every documented field must be there and of its type. New
//! fields and enum values pass: the API may add them at any time.

use scan::phone_numbers::{CUSTOM, LOCATION, NAMES, accepts};
use scan::{Offset, Span};

use super::envelope::{Decoder, unquoted};
use super::{DecodeIssue, MAX_ISSUES};

/// What the field must be.
fn expected(field: usize) -> &'static str {
    match field {
        CUSTOM => "a boolean",
        LOCATION => "a string, null or absent",
        _ => "a string",
    }
}

impl<N: Fn(u32, u32) -> f64> Decoder<'_, N> {
    /// Lists what is wrong with the elements of the array that starts at this offset. `path` is the array's.
    pub(super) fn check(&mut self, array_start: Offset, path: &[&str; 2]) -> Vec<DecodeIssue> {
        let [object, name] = path;
        let mut issues = Vec::new();
        let mut index = 0_usize;
        self.scanner.seek(array_start);
        self.scanner.enter();
        while issues.len() < MAX_ISSUES && self.scanner.next(b']', index == 0) {
            let digits = index.to_string();
            index = index.wrapping_add(1);
            if self.scanner.peek() != b'{' {
                let path = [object, name, "[", &digits, "]"];
                let value = self.scanner.value();
                issues.push(DecodeIssue::new(&path, "a phone number", value));
                continue;
            }
            let mut fields = [Span::NONE; NAMES.len()];
            self.members(&NAMES, &mut fields);
            for (field, (field_name, value)) in NAMES.into_iter().zip(fields).enumerate() {
                if !accepts(field, value) {
                    let path = [object, name, "[", &digits, "].", unquoted(field_name)];
                    issues.push(DecodeIssue::new(&path, expected(field), value));
                }
            }
        }
        issues.truncate(MAX_ISSUES);
        issues
    }
}
