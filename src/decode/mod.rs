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

pub use phone_number::MOST_ISSUES;

use scan::phone_numbers;
use scan::{Place, Scanner, Span, SyntaxError};

use crate::issue::{Issues, Received};

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

/// The JSON paths of the objects that the page may be.
const PATHS: [&str; MOST_WRAPPED + 1] = ["$", "$.data", "$.data.data"];
const LONGEST_PATH: usize = "$.data.data".len();

/// What a text of JSON is.
pub enum Answer {
    /// The API says itself that the call failed, whatever the HTTP status.
    Failure,
    /// A page of phone numbers.
    Page(Page),
}

/// A page of phone numbers, as places in its text: those are counted in the units of UTF-16.
#[derive(Debug)]
pub struct Page {
    /// The array of phone numbers as text, from its start to its end.
    pub array: [u32; 2],
    /// Where the values of the phone numbers are, as [`phone_numbers::read`] says; empty where JavaScript must parse the array.
    pub table: Vec<i32>,
    /// `total`, `page`, `limit` and `totalPages`, which are integers, in the type that JavaScript has for them.
    pub counts: [f64; 4],
    /// What is wrong with the phone numbers; the first [`MOST_ISSUES`].
    pub issues: Issues,
}

/// Why a text holds no page.
#[derive(Debug)]
pub enum DecodeError {
    /// It is not JSON.
    Syntax(SyntaxError),
    /// It is not one of the envelopes.
    Envelope(Issues),
}

impl From<SyntaxError> for DecodeError {
    fn from(error: SyntaxError) -> Self {
        Self::Syntax(error)
    }
}

/// Reads an answer, a text of UTF-8. `number` is what JavaScript makes of the number at a place of the text, from its start to
/// its end in the units of UTF-16: it is asked for what is rare, such as `3e0`.
pub fn decode(text: &[u8], number: impl Fn(u32, u32) -> f64) -> Result<Answer, DecodeError> {
    let mut decoder = Decoder {
        scanner: Scanner::new(text),
        number,
        objects: Default::default(),
        array: Place::default(),
        table: Vec::new(),
    };
    decoder.answer()
}

/// The values of [`NAMES`] in an object; of those that appear twice, the last.
type Members = [Span; NAMES.len()];

struct Decoder<'a, N> {
    scanner: Scanner<'a>,
    number: N,
    /// The objects that the page may be: the root, its `data`, and the `data` of that. With each, its `pagination`.
    objects: [(Members, Members); MOST_WRAPPED + 1],
    /// Where the array that was read last begins.
    array: Place,
    /// The table of its phone numbers.
    table: Vec<i32>,
}

/// A name without its quotation marks.
fn bare(name: &str) -> &str {
    name.get(1..name.len().wrapping_sub(1)).unwrap_or(name)
}

impl<N: Fn(u32, u32) -> f64> Decoder<'_, N> {
    fn answer(&mut self) -> Result<Answer, DecodeError> {
        self.scanner.skip_space();
        let root = self.object(0);
        self.scanner.end()?;
        let [([.., success], _), ..] = self.objects;
        if success.first == b'f' {
            return Ok(Answer::Failure);
        }
        self.page(root).map(Answer::Page)
    }

    /// Reads the value that may be the page object, within so many others.
    fn object(&mut self, level: usize) -> Span {
        if self.scanner.peek() != b'{' {
            return self.scanner.value();
        }
        let start = self.scanner;
        let mut pagination = Members::default();
        let mut members = Members::default();
        self.scanner.enter();
        while self.next_member(start.place()) {
            let name = self.scanner.name_among(&NAMES);
            let value = match (name, self.scanner.peek()) {
                (Some(DATA), b'{') if level < MOST_WRAPPED => self.object(level.wrapping_add(1)),
                (Some(DATA | ITEMS), b'[') => self.phone_numbers(),
                (Some(PAGINATION), b'{') => self.members(&NAMES, &mut pagination),
                _ => self.scanner.value(),
            };
            keep(&mut members, name, value);
        }
        if let Some(object) = self.objects.get_mut(level) {
            *object = (members, pagination);
        }
        self.scanner.span_from(&start)
    }

    /// Goes on to the next member of the object that began there.
    fn next_member(&mut self, start: Place) -> bool {
        let is_first = self.scanner.place().byte.wrapping_sub(start.byte) == 1;
        self.scanner.next(b'}', is_first)
    }

    /// Reads the object that begins here: the values of these names.
    fn members(&mut self, names: &[&str], values: &mut [Span]) -> Span {
        let start = self.scanner;
        values.fill(Span::default());
        self.scanner.enter();
        while self.next_member(start.place()) {
            let name = self.scanner.name_among(names);
            let value = self.scanner.value();
            keep(values, name, value);
        }
        self.scanner.span_from(&start)
    }

    /// Reads the array of phone numbers that begins here.
    fn phone_numbers(&mut self) -> Span {
        let start = self.scanner;
        self.array = start.place();
        if !phone_numbers::read(&mut self.scanner, &mut self.table) {
            self.scanner = start;
            return self.scanner.value();
        }
        self.scanner.span_from(&start)
    }

    /// The page within the answer, by the rule.
    fn page(&mut self, root: Span) -> Result<Page, DecodeError> {
        let mut object = root;
        let mut issues = Issues::default();
        for (path, (members, pagination)) in PATHS.iter().zip(&self.objects) {
            let [.., data, items, in_object, _] = *members;
            let (array, name) = match (data.first, items.first) {
                (b'[', _) => (data, ".data"),
                (_, b'[') => (items, ".items"),
                (b'{', _) if path.len() < LONGEST_PATH => {
                    object = data;
                    continue;
                }
                _ => {
                    let expected = "a page: an object with an array under `data` or `items`";
                    issues.push(&[path], expected, received(object));
                    break;
                }
            };
            let (counts, holder) = match in_object.first {
                b'{' => (pagination, ".pagination."),
                _ => (members, "."),
            };
            let counts = self.counts(counts, &[path, holder], &mut issues);
            if !issues.is_empty() {
                break;
            }
            if self.array != array.start {
                // Another array came later, which does not count.
                self.scanner.go_to(array.start);
                self.phone_numbers();
            }
            if self.table.is_empty() {
                self.check_all(array.start, &[path, name], &mut issues);
            }
            return Ok(Page {
                array: array.units(),
                issues,
                table: core::mem::take(&mut self.table),
                counts,
            });
        }
        Err(DecodeError::Envelope(issues))
    }

    /// The first four of [`NAMES`], and what is wrong with them.
    fn counts(&self, members: &Members, path: &[&str; 2], issues: &mut Issues) -> [f64; 4] {
        let [object, holder] = path;
        let mut counts = [0.0; 4];
        for ((count, name), value) in counts.iter_mut().zip(NAMES).zip(members) {
            *count = self.count(*value);
            if !((0.0..=MAX_SAFE_INTEGER).contains(count) && count.trunc() == *count) {
                let path = [object, holder, bare(name)];
                issues.push(&path, "a non-negative integer", received(*value));
            }
        }
        counts
    }

    /// The number; not a number where it is none.
    fn count(&self, value: Span) -> f64 {
        let text = self.scanner.text(value);
        match (text.len(), value.first) {
            // So few digits are always within the limit.
            (1..=15, _) if text.iter().all(u8::is_ascii_digit) => {
                let digits = text.iter().map(|digit| f64::from(digit & 0xF));
                digits.fold(0.0, |number, digit| number * 10.0 + digit)
            }
            (_, b'-' | b'0'..=b'9') => {
                let [start, end] = value.units();
                (self.number)(start, end)
            }
            _ => f64::NAN,
        }
    }
}

/// Keeps the value of a member, where its name is a known one.
fn keep(values: &mut [Span], name: Option<usize>, value: Span) {
    if let Some(kept) = name.and_then(|name| values.get_mut(name)) {
        *kept = value;
    }
}

/// What an issue tells of a value.
fn received(value: Span) -> Received<'static> {
    match value.first {
        0 => Received::Value(None),
        _ => Received::Place(value.units()),
    }
}
