//! The elements of a page: whether each is a phone number, and where its values are. Every documented field must be there
//! and of its type. Fields and enum values that are not documented pass: the API may add them at any time.

use super::scanner::{Place, Span, SyntaxError};
use super::{Decoder, bare};
use crate::text::{concat, decimal};
use crate::value::Value;

/// The fields of [`crate::model::PhoneNumber`] as they are spelled, in the order of the documentation.
const NAMES: [&str; 11] = [
    "\"id\"",
    "\"number\"",
    "\"companyId\"",
    "\"capabilities\"",
    "\"custom\"",
    "\"provider\"",
    "\"status\"",
    "\"numberType\"",
    "\"createdAt\"",
    "\"updatedAt\"",
    "\"location\"",
];
const CUSTOM: usize = 4;
const LOCATION: usize = 10;

/// Whether the field may have this value.
fn accepts(field: usize, value: Span) -> bool {
    match value.first {
        b'"' => field != CUSTOM,
        b't' | b'f' => field == CUSTOM,
        b'n' | 0 => field == LOCATION,
        _ => false,
    }
}

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

/// What is wrong with an element, or with one of its fields.
pub struct Problem {
    /// Which element it is.
    pub index: usize,
    /// Which field it is, as it is spelled.
    pub field: Option<&'static str>,
    /// What should be there.
    pub expected: &'static str,
    /// What is there.
    pub found: Span,
}

impl Problem {
    /// Where it is, in the array at this path.
    pub fn path(&self, array: &str) -> String {
        let element = concat(&[array, "[", &decimal(self.index as u32), "]"]);
        match self.field {
            Some(name) => concat(&[&element, ".", bare(name)]),
            None => element,
        }
    }
}

/// The table's entry for a value that is the same as in the row before.
const REPEATED: [i32; 2] = [0, 0];

/// The table's entry for a value: where its text is, in units of UTF-16. A string's quotation marks are left out, but for
/// one with escapes, which is told by the complement of its start. What has no place of its own has a number instead:
/// 1 for null, 2 for false, 3 for true and 4 for what is absent.
#[inline(always)]
fn entry_of(value: Span) -> [i32; 2] {
    let (start, end) = (value.start.units() as i32, value.end.units() as i32);
    match value.first {
        b'"' if value.has_escapes => [!start, end],
        b'"' => [start.wrapping_add(1), end.wrapping_sub(1)],
        b'n' => [1, 0],
        b'f' => [2, 0],
        b't' => [3, 0],
        _ => [4, 0],
    }
}

/// A member of the phone number before: what is the same in the next one need not be read again.
#[derive(Clone, Copy, Default)]
struct Member {
    /// Where the value before it ended.
    start: Place,
    value: Span,
}

/// The array of phone numbers.
#[derive(Default)]
pub struct PhoneNumbers {
    /// A row of twelve entries for each number: one for each field, and one for the text of the members that follow them,
    /// the closing brace included. Empty where the fields of some number are not the first and in the documented order,
    /// or where something is wrong.
    pub table: Vec<[i32; 2]>,
    /// The first problems.
    pub problems: Vec<Problem>,
}

impl<V: Value, P: Fn(&str) -> V> Decoder<'_, P> {
    /// The array that begins here.
    pub fn phone_numbers(&mut self) -> Result<PhoneNumbers, SyntaxError> {
        let mut numbers = PhoneNumbers::default();
        let mut previous = [Member::default(); NAMES.len()];
        let mut is_regular = true;
        let mut index: usize = 0;
        self.scanner.enter()?;
        while self.scanner.next(b']', index == 0)? {
            let start = self.scanner;
            is_regular = is_regular && self.row(&mut previous, &mut numbers.table)?;
            if !is_regular {
                numbers.table.clear();
                self.scanner = start;
                self.check(index, &mut numbers.problems)?;
            }
            index = index.wrapping_add(1);
        }
        Ok(numbers)
    }

    /// Adds the phone number to the table, if it is one whose fields come first and in order.
    fn row(
        &mut self,
        previous: &mut [Member; NAMES.len()],
        table: &mut Vec<[i32; 2]>,
    ) -> Result<bool, SyntaxError> {
        if self.scanner.peek() != b'{' {
            return Ok(false);
        }
        self.scanner.enter()?;
        let mut row = [REPEATED; NAMES.len() + 1];
        let (mut goes_on, mut is_known) = (true, true);
        let fields = NAMES.iter().zip(previous).zip(&mut row);
        for (field, ((name, previous), entry)) in fields.enumerate() {
            // A copy, which can stay in registers.
            let mut scanner = self.scanner;
            let start = scanner.place();
            if scanner.skip_same(previous.start, previous.value.start) {
                scanner.skip_space();
            } else {
                goes_on = self.scanner.next(b'}', field == 0)?;
                is_known = goes_on && self.scanner.skip_name(name)?;
                if !is_known {
                    *previous = Member::default();
                }
                scanner = self.scanner;
            }
            if is_known {
                if scanner.skip_same(previous.value.start, previous.value.end) {
                    self.scanner = scanner;
                    continue;
                }
                let value = match scanner.plain_string() {
                    Some(value) => {
                        self.scanner = scanner;
                        value
                    }
                    None => {
                        self.scanner.go_to(scanner.place());
                        self.scanner.value()?
                    }
                };
                *previous = Member { start, value };
            }
            if !accepts(field, previous.value) {
                return Ok(false);
            }
            *entry = entry_of(previous.value);
        }
        if is_known {
            goes_on = self.scanner.next(b'}', false)?;
        }
        if goes_on {
            let start = self.scanner.place().units() as i32;
            while goes_on {
                if self.name(&NAMES)?.is_some() {
                    return Ok(false);
                }
                self.scanner.value()?;
                goes_on = self.scanner.next(b'}', false)?;
            }
            if let Some(others) = row.last_mut() {
                *others = [start, self.scanner.place().units() as i32];
            }
        }
        table.extend_from_slice(&row);
        Ok(true)
    }

    /// Lists what is wrong with the element, whatever it is.
    fn check(&mut self, index: usize, problems: &mut Vec<Problem>) -> Result<(), SyntaxError> {
        let mut list = |field, expected, found| {
            if problems.len() < MOST_ISSUES {
                problems.push(Problem {
                    index,
                    field,
                    expected,
                    found,
                });
            }
        };
        if self.scanner.peek() != b'{' {
            list(None, "a phone number", self.scanner.value()?);
            return Ok(());
        }
        let mut fields = [Span::default(); NAMES.len()];
        self.members(&NAMES, &mut fields, &mut Self::any)?;
        for (field, (name, found)) in NAMES.into_iter().zip(fields).enumerate() {
            if !accepts(field, found) {
                list(Some(name), expected(field), found);
            }
        }
        Ok(())
    }
}
