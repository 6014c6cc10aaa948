//! The envelope: finds the page object, its array and its counts.

use scan::{Offset, Scanner, Span};

use super::{DecodeError, DecodeIssue, Document, Page};

/// The largest integer that a JavaScript number holds exactly with all below it: 2^53 - 1.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// The deepest level of the page object: in the `data` of the root's `data`.
const MAX_LEVEL: usize = 2;

/// The names of an envelope's members, as JSON strings.
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

/// The JSON path of the page object at each level.
const PATHS: [&str; MAX_LEVEL + 1] = ["$", "$.data", "$.data.data"];

/// The members of an object that are named in [`NAMES`]; the last one of a name counts, as for `JSON.parse`.
type Members = [Span; NAMES.len()];

const NO_MEMBERS: Members = [Span::NONE; NAMES.len()];

/// An object that may be the page object.
struct Candidate {
    members: Members,
    /// The members of its `pagination`, where that is an object.
    pagination: Members,
}

impl Candidate {
    const EMPTY: Self = Self {
        members: NO_MEMBERS,
        pagination: NO_MEMBERS,
    };
}

/// Decodes one body.
pub(super) struct Decoder<'a, N> {
    pub(super) scanner: Scanner<'a>,
    number: N,
    /// The root, its `data`, and the `data` of that.
    candidates: [Candidate; MAX_LEVEL + 1],
    /// The start of the array that was scanned last, which `table` is about.
    array_start: Offset,
    table: Vec<i32>,
}

impl<'a, N: Fn(u32, u32) -> f64> Decoder<'a, N> {
    pub(super) fn new(body: &'a [u8], number: N) -> Self {
        Self {
            scanner: Scanner::new(body),
            number,
            candidates: [const { Candidate::EMPTY }; MAX_LEVEL + 1],
            array_start: Offset::START,
            table: Vec::new(),
        }
    }

    /// Decodes the whole body.
    pub(super) fn document(&mut self) -> Result<Document, DecodeError> {
        self.scanner.skip_whitespace();
        let root = self.candidate(0);
        self.scanner.end()?;
        let [Candidate { members, .. }, ..] = &self.candidates;
        let [.., success] = members;
        if success.first == b'f' {
            return Ok(Document::ApiError);
        }
        self.page(root).map(Document::Page)
    }

    /// Scans the value that may be the page object of this level.
    fn candidate(&mut self, level: usize) -> Span {
        if self.scanner.peek() != b'{' {
            return self.scanner.value();
        }
        let start = self.scanner;
        let mut candidate = Candidate::EMPTY;
        self.scanner.enter();
        while self.next_member(start.offset()) {
            let name = self.scanner.name_among(&NAMES);
            let value = match (name, self.scanner.peek()) {
                (Some(DATA), b'{') if level < MAX_LEVEL => self.candidate(level.wrapping_add(1)),
                (Some(DATA | ITEMS), b'[') => self.array(),
                (Some(PAGINATION), b'{') => self.members(&NAMES, &mut candidate.pagination),
                _ => self.scanner.value(),
            };
            keep(&mut candidate.members, name, value);
        }
        if let Some(kept) = self.candidates.get_mut(level) {
            *kept = candidate;
        }
        self.scanner.span_from(&start)
    }

    /// Moves to the next member of the object that starts at this offset.
    fn next_member(&mut self, object_start: Offset) -> bool {
        let is_first = self.scanner.offset().byte.wrapping_sub(object_start.byte) == 1;
        self.scanner.next(b'}', is_first)
    }

    /// Scans an object, and keeps the members that are named.
    pub(super) fn members(&mut self, names: &[&str], values: &mut [Span]) -> Span {
        let start = self.scanner;
        values.fill(Span::NONE);
        self.scanner.enter();
        while self.next_member(start.offset()) {
            let name = self.scanner.name_among(names);
            let value = self.scanner.value();
            keep(values, name, value);
        }
        self.scanner.span_from(&start)
    }

    /// Scans an array that may be that of the phone numbers.
    fn array(&mut self) -> Span {
        let start = self.scanner;
        self.array_start = start.offset();
        if !scan::phone_numbers::read(&mut self.scanner, &mut self.table) {
            self.scanner = start;
            return self.scanner.value();
        }
        self.scanner.span_from(&start)
    }

    /// Finds the page by the rule of this module's parent.
    fn page(&mut self, root: Span) -> Result<Page, DecodeError> {
        let mut object = root;
        let levels = PATHS.into_iter().zip(&self.candidates).enumerate();
        for (
            level,
            (
                path,
                Candidate {
                    members,
                    pagination,
                },
            ),
        ) in levels
        {
            let [.., data, items, pagination_value, _] = *members;
            let (array, name) = match (data.first, items.first) {
                (b'[', _) => (data, ".data"),
                (_, b'[') => (items, ".items"),
                (b'{', _) if level < MAX_LEVEL => {
                    object = data;
                    continue;
                }
                _ => {
                    let expected = "a page: an object with an array under `data` or `items`";
                    let issue = DecodeIssue::new(&[path], expected, object);
                    return Err(DecodeError::Envelope(vec![issue]));
                }
            };
            let counts = match pagination_value.first {
                b'{' => self.counts(pagination, &[path, ".pagination."]),
                _ => self.counts(members, &[path, "."]),
            };
            let counts = counts.map_err(DecodeError::Envelope)?;
            if self.array_start != array.start {
                // Another array was scanned after the page's own.
                self.scanner.seek(array.start);
                self.array();
            }
            let issues = match self.table.is_empty() {
                true => self.check(array.start, &[path, name]),
                false => Vec::new(),
            };
            return Ok(Page {
                array: array.utf16(),
                table: core::mem::take(&mut self.table),
                counts,
                issues,
            });
        }
        Err(DecodeError::Envelope(Vec::new()))
    }

    /// The first four of [`NAMES`], or what is wrong with them. `path` is that of their object.
    fn counts(&self, members: &Members, path: &[&str; 2]) -> Result<[f64; 4], Vec<DecodeIssue>> {
        let [object, holder] = path;
        let mut issues = Vec::new();
        let mut counts = [0.0; 4];
        for ((count, name), value) in counts.iter_mut().zip(NAMES).zip(members) {
            *count = self.count(*value);
            if !((0.0..=MAX_SAFE_INTEGER).contains(count) && count.trunc() == *count) {
                let path = [object, holder, unquoted(name)];
                issues.push(DecodeIssue::new(&path, "a non-negative integer", *value));
            }
        }
        match issues.is_empty() {
            true => Ok(counts),
            false => Err(issues),
        }
    }

    /// The value as a number; NaN if it is none.
    fn count(&self, value: Span) -> f64 {
        match (self.scanner.short_integer(value), value.first) {
            (Some(integer), _) => integer as f64,
            (_, b'-' | b'0'..=b'9') => {
                let [start, end] = value.utf16();
                (self.number)(start, end)
            }
            _ => f64::NAN,
        }
    }
}

/// Keeps the value of a member whose name is known.
fn keep(values: &mut [Span], name: Option<usize>, value: Span) {
    if let Some(kept) = name.and_then(|name| values.get_mut(name)) {
        *kept = value;
    }
}

/// A name without its quotation marks.
pub(super) fn unquoted(name: &str) -> &str {
    name.get(1..name.len().wrapping_sub(1)).unwrap_or(name)
}
