//! From the text of an answer to the page: one pass over the bytes checks that they are JSON, finds the page in its
//! envelope, checks the phone numbers, and tells where their values are. JavaScript takes it from there.
//!
//! InstaView's documentation shows four envelopes; one rule covers them all. The page object is the first object, from
//! the root on, that has an array under `data`, else under `items`; where it has neither, the search goes on in its
//! `data` object, at most twice. The counts are in its `pagination` member where that is an object, else in the page
//! object itself.
//!
//! Source: InstaView's documentation, "List phone numbers" (flat and nested), the pagination guide (`items` and
//! `pagination`) and the error handling guide (`success`).

mod phone_number;
mod scanner;

pub use phone_number::MOST_ISSUES;
pub use scanner::{MOST_NESTED, SyntaxError};

use std::mem;

use phone_number::PhoneNumbers;
use scanner::{Scanner, Span};

use crate::issue::Issue;
use crate::text::concat;
use crate::value::{Kind, Value};

/// The largest integer that every JavaScript number below can be told from: 2^53 - 1.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// How many `data` objects the page object may be in.
const MOST_WRAPPED: usize = 2;

/// The members of an envelope that matter, as they are spelled.
const NAMES: [&str; 8] = [
    "\"total\"",
    "\"page\"",
    "\"limit\"",
    "\"totalPages\"",
    "\"data\"",
    "\"items\"",
    "\"pagination\"",
    "\"success\"",
];
const DATA: usize = 4;
const ITEMS: usize = 5;
const PAGINATION: usize = 6;

/// What a text of JSON is.
pub enum Answer {
    /// The API says itself that the call failed, whatever the HTTP status.
    Failure,
    /// A page of phone numbers.
    Page(Page),
}

/// A page of phone numbers, as places in its text: those are counted in the units of UTF-16.
pub struct Page {
    /// The array of phone numbers as text, from its start to its end.
    pub array: [u32; 2],
    /// Twelve entries for each phone number, as the module of the phone numbers says; empty where JavaScript must parse the array.
    pub table: Vec<[i32; 2]>,
    /// `total`, `page`, `limit` and `totalPages`, which are integers, in the type that JavaScript has for them.
    pub counts: [f64; 4],
    /// What is wrong with the phone numbers; the first [`MOST_ISSUES`].
    pub issues: Vec<Issue>,
}

/// Why a text holds no page.
#[derive(Debug, PartialEq)]
pub enum DecodeError {
    /// It is not JSON.
    Syntax(SyntaxError),
    /// It is not one of the envelopes.
    Envelope(Vec<Issue>),
}

impl From<SyntaxError> for DecodeError {
    fn from(error: SyntaxError) -> Self {
        Self::Syntax(error)
    }
}

/// Reads an answer. What is rare, a number such as `3e0` or a name with escapes, and what is shown of a wrong value, is
/// left to `parse`: it gets the text of a value, or an empty text for one that is not there.
pub fn decode<V: Value>(text: &str, parse: impl Fn(&str) -> V) -> Result<Answer, DecodeError> {
    let mut decoder = Decoder {
        scanner: Scanner::new(text),
        parse,
        objects: Default::default(),
        array: Default::default(),
    };
    decoder.answer()
}

/// The values of [`NAMES`] in an object; of those that appear twice, the last.
type Members = [Span; NAMES.len()];

/// Reads the value of a member, whose name has this index.
type ReadMember<'f, D> = dyn FnMut(&mut D, Option<usize>) -> Result<(), SyntaxError> + 'f;

struct Decoder<'a, P> {
    scanner: Scanner<'a>,
    parse: P,
    /// The objects that the page may be: the root, its `data`, and the `data` of that. With each, its `pagination`.
    objects: [(Members, Members); MOST_WRAPPED + 1],
    /// The array that was read last, and its first byte.
    array: (usize, PhoneNumbers),
}

/// A name without its quotation marks.
fn bare(name: &str) -> &str {
    name.get(1..name.len().wrapping_sub(1)).unwrap_or(name)
}

impl<V: Value, P: Fn(&str) -> V> Decoder<'_, P> {
    fn answer(&mut self) -> Result<Answer, DecodeError> {
        self.scanner.skip_space();
        let start = self.scanner;
        self.object(0)?;
        let root = self.scanner.span_from(&start);
        self.scanner.end()?;
        let [([.., success], _), ..] = self.objects;
        if success.first == b'f' {
            return Ok(Answer::Failure);
        }
        self.page(root).map(Answer::Page)
    }

    /// Reads the value that may be the page object, within so many others.
    fn object(&mut self, level: usize) -> Result<(), SyntaxError> {
        if self.scanner.peek() != b'{' {
            return self.scanner.value().map(drop);
        }
        let mut pagination = Members::default();
        let mut members = Members::default();
        self.members(
            &NAMES,
            &mut members,
            &mut |decoder, name| match (name, decoder.scanner.peek()) {
                (Some(DATA), b'{') if level < MOST_WRAPPED => decoder.object(level.wrapping_add(1)),
                (Some(DATA | ITEMS), b'[') => decoder.array(),
                (Some(PAGINATION), b'{') => {
                    pagination = Members::default();
                    decoder.members(&NAMES, &mut pagination, &mut Self::any)
                }
                _ => decoder.any(None),
            },
        )?;
        if let Some(object) = self.objects.get_mut(level) {
            *object = (members, pagination);
        }
        Ok(())
    }

    /// Reads the object that begins here: each value is read by `read`, which gets the index of its name.
    fn members(
        &mut self,
        names: &[&str],
        values: &mut [Span],
        read: &mut ReadMember<'_, Self>,
    ) -> Result<(), SyntaxError> {
        self.scanner.enter()?;
        let mut is_first = true;
        while self.scanner.next(b'}', is_first)? {
            is_first = false;
            let name = self.name(names)?;
            let start = self.scanner;
            read(self, name)?;
            if let Some(value) = name.and_then(|name| values.get_mut(name)) {
                *value = self.scanner.span_from(&start);
            }
        }
        Ok(())
    }

    /// Which of the names the one that begins here is, up to its value.
    fn name(&mut self, names: &[&str]) -> Result<Option<usize>, SyntaxError> {
        let name = self.scanner.name()?;
        let text = self.scanner.text(name);
        let unescaped;
        let text = if name.has_escapes {
            unescaped = concat(&["\"", &(self.parse)(text).text(), "\""]);
            &unescaped
        } else {
            text
        };
        let mut found = None;
        for (index, name) in names.iter().enumerate() {
            if name.len() == text.len() && *name == text {
                found = Some(index);
            }
        }
        Ok(found)
    }

    fn any(&mut self, _: Option<usize>) -> Result<(), SyntaxError> {
        self.scanner.value().map(drop)
    }

    fn array(&mut self) -> Result<(), SyntaxError> {
        self.array.0 = self.scanner.place().byte;
        self.array.1 = self.phone_numbers()?;
        Ok(())
    }

    /// The page within the answer, by the rule.
    fn page(&mut self, root: Span) -> Result<Page, DecodeError> {
        let mut path = String::from("$");
        let mut object = root;
        for (level, (members, pagination)) in self.objects.iter().enumerate() {
            let [.., data, items, in_object, _] = *members;
            let (array, name) = match (data.first, items.first) {
                (b'[', _) => (data, ".data"),
                (_, b'[') => (items, ".items"),
                (b'{', _) if level < MOST_WRAPPED => {
                    object = data;
                    path.push_str(".data");
                    continue;
                }
                _ => break,
            };
            let counts = if in_object.first == b'{' {
                self.counts(pagination, &concat(&[&path, ".pagination."]))
            } else {
                self.counts(members, &concat(&[&path, "."]))
            };
            let counts = counts.map_err(DecodeError::Envelope)?;
            if self.array.0 != array.start.byte {
                // Another array came later, which does not count.
                self.scanner.go_to(array.start);
                self.array()?;
            }
            path.push_str(name);
            let (_, PhoneNumbers { table, problems }) = mem::take(&mut self.array);
            let issues = problems.into_iter().map(|problem| {
                let path = problem.path(&path);
                self.issue(path, problem.expected, problem.found)
            });
            return Ok(Page {
                array: [array.start.units(), array.end.units()].map(|units| units as u32),
                issues: issues.collect(),
                table,
                counts,
            });
        }
        let expected = "a page: an object with an array under `data` or `items`";
        let issue = self.issue(path, expected, object);
        Err(DecodeError::Envelope(vec![issue]))
    }

    /// The first four of [`NAMES`], or what is wrong with them.
    fn counts(&self, members: &Members, path: &str) -> Result<[f64; 4], Vec<Issue>> {
        let mut counts = [0.0; 4];
        let mut issues = Vec::new();
        for ((count, name), value) in counts.iter_mut().zip(NAMES).zip(members) {
            match self.count(*value) {
                Some(number) => *count = number,
                None => {
                    let path = concat(&[path, bare(name)]);
                    issues.push(self.issue(path, "a non-negative integer", *value));
                }
            }
        }
        if issues.is_empty() {
            Ok(counts)
        } else {
            Err(issues)
        }
    }

    fn count(&self, value: Span) -> Option<f64> {
        let text = self.scanner.text(value);
        // So few digits are always within the limit.
        if (1..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
            let digits = text.bytes().map(|digit| f64::from(digit & 0xF));
            return Some(digits.fold(0.0, |number, digit| number * 10.0 + digit));
        }
        match (self.parse)(text).kind() {
            Kind::Number(number)
                if (0.0..=MAX_SAFE_INTEGER).contains(&number) && number.trunc() == number =>
            {
                Some(number)
            }
            _ => None,
        }
    }

    fn issue(&self, path: String, expected: &str, found: Span) -> Issue {
        Issue::new(path, expected, &(self.parse)(self.scanner.text(found)))
    }
}
