//! The elements of a page: what is wrong with those that are no phone numbers. Every documented field must be there and of its
//! type. Fields and enum values that are not documented pass: the API may add them at any time.

use scan::phone_numbers::{CUSTOM, LOCATION, NAMES, accepts};
use scan::{Place, Span};

use super::{Decoder, bare, received};
use crate::issue::Issues;
use crate::text::decimal;

/// What the field must be.
fn expected(field: usize) -> &'static str {
    match field {
        CUSTOM => "a boolean",
        LOCATION => "a string, null or absent",
        _ => "a string",
    }
}

/// How many issues are listed: enough to see what is wrong, however long the page.
pub const MOST_ISSUES: usize = 20;

impl<N: Fn(u32, u32) -> f64> Decoder<'_, N> {
    /// Lists what is wrong with the elements of the array that begins there.
    pub fn check_all(&mut self, start: Place, path: &[&str; 2], issues: &mut Issues) {
        let [object, name] = path;
        let mut index = 0;
        self.scanner.go_to(start);
        self.scanner.enter();
        while issues.len() < MOST_ISSUES && self.scanner.next(b']', index == 0) {
            let digits = decimal(index);
            index = index.wrapping_add(1);
            let element = [object, name, "[", &digits];
            let mut list = |rest: [&str; 2], expected, found| {
                if issues.len() < MOST_ISSUES {
                    let [object, name, bracket, digits] = element;
                    let [end, field] = rest;
                    let path = [object, name, bracket, digits, end, field];
                    issues.push(&path, expected, received(found));
                }
            };
            if self.scanner.peek() != b'{' {
                list(["]", ""], "a phone number", self.scanner.value());
                continue;
            }
            let mut fields = [Span::default(); NAMES.len()];
            self.members(&NAMES, &mut fields);
            for (field, (name, found)) in NAMES.into_iter().zip(fields).enumerate() {
                if !accepts(field, found) {
                    list(["].", bare(name)], expected(field), found);
                }
            }
        }
    }
}
