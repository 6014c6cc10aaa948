//! A scanner of JSON: finds where values start and end, and the first byte that is wrong.

use crate::error::{MAX_DEPTH, SyntaxError};
use crate::offset::{Offset, plain_end};
use crate::span::Span;

/// The byte order mark that a text may start with. JavaScript's `TextDecoder` drops it, so that no code unit stands for it.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// A scanner of a text of UTF-8. It is small: a copy of it is a mark to return to.
///
/// The first error stops it. From then on it behaves as at the end of the text, so that only [`end`](Self::end) need be
/// checked for errors.
#[derive(Clone, Copy)]
pub struct Scanner<'a> {
    /// Emptied by the first error.
    text: &'a [u8],
    offset: Offset,
    depth: u32,
    error: Option<SyntaxError>,
}

impl<'a> Scanner<'a> {
    /// A scanner at the start of the text, behind a byte order mark.
    pub fn new(text: &'a [u8]) -> Self {
        let mut offset = Offset::START;
        if text.starts_with(BYTE_ORDER_MARK) {
            offset.byte = BYTE_ORDER_MARK.len();
            offset.surplus = offset.byte;
        }
        Self {
            text,
            offset,
            depth: 0,
            error: None,
        }
    }

    /// The offset of the next byte.
    pub fn offset(&self) -> Offset {
        self.offset
    }

    /// Continues at another offset, which must not be within a string.
    pub fn seek(&mut self, offset: Offset) {
        self.offset = offset;
    }

    /// The value from another scanner's offset to this one's.
    pub fn span_from(&self, start: &Self) -> Span {
        Span {
            first: start.peek(),
            has_escapes: false,
            start: start.offset,
            end: self.offset,
        }
    }

    /// The bytes of a value; empty for no value.
    pub fn bytes(&self, span: Span) -> &'a [u8] {
        self.text.get(span.bytes()).unwrap_or_default()
    }

    /// The value of an integer of up to 15 digits, which a double holds exactly.
    pub fn short_integer(&self, span: Span) -> Option<u64> {
        let token = self.bytes(span);
        if token.is_empty() || token.len() > 15 {
            return None;
        }
        let mut integer = 0_u64;
        for byte in token {
            if !byte.is_ascii_digit() {
                return None;
            }
            integer = integer.wrapping_mul(10).wrapping_add(u64::from(byte & 0xF));
        }
        Some(integer)
    }

    /// The whole text; empty after an error.
    pub(crate) fn text(&self) -> &'a [u8] {
        self.text
    }

    /// The next byte; at the end of the text 0, a byte that JSON never has.
    #[inline(always)]
    pub fn peek(&self) -> u8 {
        let byte = self.text.get(self.offset.byte);
        byte.copied().unwrap_or_default()
    }

    /// Skips white space.
    #[inline(always)]
    pub fn skip_whitespace(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.skip(1);
        }
    }

    /// Skips white space, and expects the end of the text. Fails with the first error of the whole scan.
    pub fn end(&mut self) -> Result<(), SyntaxError> {
        self.skip_whitespace();
        if self.offset.byte < self.text.len() {
            self.fail();
        }
        self.error.map_or(Ok(()), Err)
    }

    /// Enters the object or array whose bracket is next.
    pub fn enter(&mut self) {
        if self.depth == MAX_DEPTH {
            self.error
                .get_or_insert(SyntaxError::TooDeep(self.offset.byte));
            self.text = &[];
        }
        self.depth = self.depth.wrapping_add(1);
        self.skip(1);
    }

    /// Moves to the next member or element of what was entered. False when there is none: then it has left, past the closing
    /// bracket.
    pub fn next(&mut self, closing: u8, is_first: bool) -> bool {
        self.skip_whitespace();
        if self.peek() == closing {
            self.skip(1);
            self.depth = self.depth.wrapping_sub(1);
            return false;
        }
        if !is_first {
            self.expect(b',');
            self.skip_whitespace();
        }
        !self.text.is_empty()
    }

    /// Scans the name of a member, and moves to its value.
    pub fn name(&mut self) -> Span {
        let start = self.offset;
        let first = self.peek();
        let has_escapes = self.string();
        let end = self.offset;
        self.colon();
        Span {
            first,
            has_escapes,
            start,
            end,
        }
    }

    /// Scans the name of a member, and moves to its value. The index of the name among `names`, which have their quotation
    /// marks.
    pub fn name_among(&mut self, names: &[&str]) -> Option<usize> {
        let name = self.name();
        let token = self.bytes(name);
        let mut names = names.iter().map(|name| name.as_bytes());
        if name.has_escapes {
            names.position(|name| is_token_of(name, token))
        } else {
            names.position(|name| name == token)
        }
    }

    /// Moves to the value of a member if its name is exactly these bytes, quotation marks included.
    pub fn skip_name(&mut self, name: &[u8]) -> bool {
        let rest = self.text.get(self.offset.byte..).unwrap_or_default();
        let is_equal = rest.starts_with(name);
        if is_equal {
            self.skip(name.len());
            self.colon();
        }
        is_equal
    }

    #[inline(never)]
    fn colon(&mut self) {
        self.skip_whitespace();
        self.expect(b':');
        self.skip_whitespace();
    }

    /// Scans a value.
    pub fn value(&mut self) -> Span {
        let start = self.offset;
        let first = self.peek();
        let mut has_escapes = false;
        match first {
            b'"' => has_escapes = self.string(),
            b'{' | b'[' => self.container(first == b'{'),
            b't' => self.literal(b"true"),
            b'f' => self.literal(b"false"),
            b'n' => self.literal(b"null"),
            _ => self.number(),
        }
        Span {
            first,
            has_escapes,
            start,
            end: self.offset,
        }
    }

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

    /// Scans a string. Whether it has escapes.
    fn string(&mut self) -> bool {
        let mut has_escapes = false;
        self.expect(b'"');
        loop {
            self.offset = plain_end(self.text, self.offset);
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
                let end = self.offset.byte.wrapping_add(4);
                while self.offset.byte < end {
                    self.skip(1);
                    if !self.peek().is_ascii_hexdigit() {
                        return self.fail();
                    }
                }
                self.skip(1);
            }
            _ => self.fail(),
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
        self.skip_either(b'-', b'-');
        if !self.skip_either(b'0', b'0') {
            self.digits();
        }
        if self.skip_either(b'.', b'.') {
            self.digits();
        }
        if self.skip_either(b'e', b'E') {
            self.skip_either(b'+', b'-');
            self.digits();
        }
    }

    /// Scans one digit or more.
    #[inline(never)]
    fn digits(&mut self) {
        self.expect_that(self.peek().is_ascii_digit());
        while self.peek().is_ascii_digit() {
            self.skip(1);
        }
    }

    /// Skips the next byte if it is one of the two.
    fn skip_either(&mut self, one: u8, other: u8) -> bool {
        let is_either = self.peek() == one || self.peek() == other;
        self.skip(usize::from(is_either));
        is_either
    }

    #[inline(always)]
    fn expect(&mut self, byte: u8) {
        self.expect_that(self.peek() == byte);
    }

    /// Skips the next byte if it is right, and fails otherwise.
    #[inline(always)]
    fn expect_that(&mut self, is_right: bool) {
        if is_right {
            self.skip(1);
        } else {
            self.fail();
        }
    }

    #[cold]
    fn fail(&mut self) {
        self.error
            .get_or_insert(SyntaxError::Unexpected(self.offset.byte));
        self.text = &[];
    }

    #[inline(always)]
    fn skip(&mut self, bytes: usize) {
        self.offset.byte = self.offset.byte.wrapping_add(bytes);
    }
}

/// Whether a string token with escapes stands for the name, which has none. Those of ASCII have four digits.
fn is_token_of(name: &[u8], mut token: &[u8]) -> bool {
    for byte in name {
        let (first, rest) = match token {
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
        token = rest;
    }
    token.is_empty()
}
