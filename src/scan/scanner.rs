//! Finds where values begin and end, and the first byte that does not belong there.

use crate::place::{Place, plain_end};

/// How deep objects and arrays may be nested: much deeper than a page of phone numbers is, and no danger to the stack.
pub const MOST_NESTED: u32 = 128;

/// Why a text is not JSON, and at which byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxError {
    /// This byte does not belong there, or the text ends too early.
    Unexpected(usize),
    /// More than [`MOST_NESTED`] objects and arrays are within each other.
    TooDeep(usize),
}

/// Where a value is in the text; by default, nowhere.
#[derive(Clone, Copy, Default)]
pub struct Span {
    /// Its first byte, which tells its type; 0 where there is no value.
    pub first: u8,
    /// Whether it is a string with escapes.
    pub has_escapes: bool,
    /// Where it begins.
    pub start: Place,
    /// Where it ends; not within it any more.
    pub end: Place,
}

impl Span {
    /// Whether it is a string without escapes and of ASCII.
    pub(crate) fn is_plain(self) -> bool {
        self.first == b'"' && !self.has_escapes && self.surplus() == 0
    }

    /// How many of its bytes have no unit of their own in UTF-16.
    pub(crate) fn surplus(self) -> usize {
        self.end.surplus.wrapping_sub(self.start.surplus)
    }

    /// Its start and its end, counted in the units of UTF-16.
    pub fn units(self) -> [u32; 2] {
        [self.start, self.end].map(|place| place.units() as u32)
    }
}

/// The mark that a text of UTF-8 may begin with, and that JavaScript's `TextDecoder` leaves out.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Goes through a text of UTF-8. A copy of it goes on from the same place.
///
/// At the first byte that does not belong there, it stops: from then on it finds nothing more, as at the end of a text.
#[derive(Clone, Copy)]
pub struct Scanner<'a> {
    text: &'a [u8],
    at: Place,
    depth: u32,
    error: Option<SyntaxError>,
}

impl<'a> Scanner<'a> {
    /// At the beginning of the text, behind a byte order mark.
    pub fn new(text: &'a [u8]) -> Self {
        let mut at = Place::default();
        if text.starts_with(BYTE_ORDER_MARK) {
            at.byte = BYTE_ORDER_MARK.len();
            at.surplus = at.byte;
        }
        Self {
            text,
            at,
            depth: 0,
            error: None,
        }
    }

    /// Where it is.
    pub fn place(&self) -> Place {
        self.at
    }

    /// Goes to another place, which must not be within a string.
    pub fn go_to(&mut self, place: Place) {
        self.at = place;
    }

    /// The value that began where another scanner stood, and ends here.
    pub fn span_from(&self, start: &Self) -> Span {
        Span {
            first: start.peek(),
            has_escapes: false,
            start: start.at,
            end: self.at,
        }
    }

    /// The text of a value; empty where there is none.
    pub fn text(&self, span: Span) -> &'a [u8] {
        let range = span.start.byte..span.end.byte;
        self.text.get(range).unwrap_or_default()
    }

    /// All of the text; nothing once it has stopped.
    pub(crate) fn whole(&self) -> &'a [u8] {
        self.text
    }

    /// The byte at this place. 0, which is nowhere in JSON, at the end.
    #[inline(always)]
    pub fn peek(&self) -> u8 {
        let byte = self.text.get(self.at.byte);
        byte.copied().unwrap_or_default()
    }

    /// Goes on behind white space.
    #[inline(always)]
    pub fn skip_space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.skip(1);
        }
    }

    /// Nothing but white space may follow. What was wrong, the first of it.
    #[inline(never)]
    pub fn end(&mut self) -> Result<(), SyntaxError> {
        self.skip_space();
        if self.at.byte < self.text.len() {
            self.stop();
        }
        self.error.map_or(Ok(()), Err)
    }

    /// Enters the object or array that begins here.
    #[inline(never)]
    pub fn enter(&mut self) {
        if self.depth == MOST_NESTED {
            self.error.get_or_insert(SyntaxError::TooDeep(self.at.byte));
            self.text = &[];
        }
        self.depth = self.depth.wrapping_add(1);
        self.skip(1);
    }

    /// Goes on to the next member or element of what was entered; false where it was left instead, with this byte.
    pub fn next(&mut self, closing: u8, is_first: bool) -> bool {
        self.skip_space();
        if self.peek() == closing {
            self.skip(1);
            self.depth = self.depth.wrapping_sub(1);
            return false;
        }
        if !is_first {
            self.expect(b',');
            self.skip_space();
        }
        !self.text.is_empty()
    }

    /// The name of a member, up to its value.
    #[inline(never)]
    pub fn name(&mut self) -> Span {
        let start = *self;
        let has_escapes = self.string();
        let name = Span {
            has_escapes,
            ..self.span_from(&start)
        };
        self.colon();
        name
    }

    /// Which of the names the one that begins here is, up to its value. They are given with their quotation marks.
    #[inline(never)]
    pub fn name_among(&mut self, names: &[&str]) -> Option<usize> {
        let name = self.name();
        let spelled = self.text(name);
        let mut names = names.iter();
        names.position(|name| is_spelled(name.as_bytes(), spelled))
    }

    /// Goes on to the value of a member, if its name is spelled like this.
    #[inline(never)]
    pub fn skip_name(&mut self, name: &[u8]) -> bool {
        let rest = self.text.get(self.at.byte..).unwrap_or_default();
        let is_same = rest.starts_with(name);
        if is_same {
            self.skip(name.len());
            self.colon();
        }
        is_same
    }

    #[inline(never)]
    fn colon(&mut self) {
        self.skip_space();
        self.expect(b':');
        self.skip_space();
    }

    /// The value that begins here.
    #[inline(never)]
    pub fn value(&mut self) -> Span {
        let start = *self;
        let mut has_escapes = false;
        match self.peek() {
            b'"' => has_escapes = self.string(),
            first @ (b'{' | b'[') => self.container(first == b'{'),
            b't' => self.literal(b"true"),
            b'f' => self.literal(b"false"),
            b'n' => self.literal(b"null"),
            _ => self.number(),
        }
        Span {
            has_escapes,
            ..self.span_from(&start)
        }
    }

    #[inline(never)]
    fn container(&mut self, is_object: bool) {
        self.enter();
        let closing = if is_object { b'}' } else { b']' };
        let mut is_first = true;
        while self.next(closing, is_first) {
            is_first = false;
            if is_object {
                self.name();
            }
            self.value();
        }
    }

    /// Whether the string that begins here has escapes.
    #[inline(never)]
    fn string(&mut self) -> bool {
        let mut has_escapes = false;
        self.expect(b'"');
        loop {
            self.at = plain_end(self.text, self.at);
            if self.peek() != b'\\' {
                self.expect(b'"');
                return has_escapes;
            }
            has_escapes = true;
            self.escape();
        }
    }

    #[inline(never)]
    fn escape(&mut self) {
        self.skip(1);
        match self.peek() {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.skip(1),
            b'u' => {
                let end = self.at.byte.wrapping_add(4);
                while self.at.byte < end {
                    self.skip(1);
                    if !self.peek().is_ascii_hexdigit() {
                        return self.stop();
                    }
                }
                self.skip(1);
            }
            _ => self.stop(),
        }
    }

    #[inline(never)]
    fn literal(&mut self, literal: &[u8]) {
        for byte in literal {
            self.expect(*byte);
        }
    }

    #[inline(never)]
    fn number(&mut self) {
        self.skip_if(b'-', b'-');
        if !self.skip_if(b'0', b'0') {
            self.digits();
        }
        if self.skip_if(b'.', b'.') {
            self.digits();
        }
        if self.skip_if(b'e', b'E') {
            self.skip_if(b'+', b'-');
            self.digits();
        }
    }

    /// One digit or more.
    #[inline(never)]
    fn digits(&mut self) {
        self.expect_that(self.peek().is_ascii_digit());
        while self.peek().is_ascii_digit() {
            self.skip(1);
        }
    }

    /// Goes on behind one of two bytes, if it is there.
    fn skip_if(&mut self, one: u8, other: u8) -> bool {
        let is_there = self.peek() == one || self.peek() == other;
        self.skip(usize::from(is_there));
        is_there
    }

    #[inline(always)]
    fn expect(&mut self, byte: u8) {
        self.expect_that(self.peek() == byte);
    }

    /// Goes on behind a byte that belongs there.
    #[inline(always)]
    fn expect_that(&mut self, is_right: bool) {
        if is_right {
            self.skip(1);
        } else {
            self.stop();
        }
    }

    #[cold]
    fn stop(&mut self) {
        self.error
            .get_or_insert(SyntaxError::Unexpected(self.at.byte));
        self.text = &[];
    }

    #[inline(always)]
    fn skip(&mut self, bytes: usize) {
        self.at.byte = self.at.byte.wrapping_add(bytes);
    }
}

/// Whether a string is spelled like this, or with escapes: those of letters have four digits.
fn is_spelled(name: &[u8], mut spelled: &[u8]) -> bool {
    for byte in name {
        let (first, rest) = match spelled {
            [b'\\', b'u', b'0', b'0', high, low, rest @ ..] => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16).unwrap_or_default();
                ((digit(high) << 4 | digit(low)) as u8, rest)
            }
            [first, rest @ ..] => (*first, rest),
            [] => return false,
        };
        if first != *byte {
            return false;
        }
        spelled = rest;
    }
    spelled.is_empty()
}
