//! JSON as RFC 8259 has it, and as `JSON.parse` accepts it: finds where values begin and end, and the first byte that
//! does not belong there.

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

/// A place in the text.
#[derive(Clone, Copy, Default)]
pub struct Place {
    /// Counted in the bytes of UTF-8.
    pub byte: usize,
    /// How many of the bytes before it have no unit of their own in UTF-16.
    surplus: usize,
}

impl Place {
    /// Counted in the units of UTF-16, as JavaScript does.
    pub fn units(self) -> usize {
        self.byte.wrapping_sub(self.surplus)
    }
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

/// A byte in each of a word's eight places.
const fn repeated(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The bytes' highest bits, which ASCII does not use.
const HIGH: u64 = repeated(0x80);

/// Goes through a text. A copy of it goes on from the same place.
#[derive(Clone, Copy)]
pub struct Scanner<'a> {
    text: &'a str,
    at: Place,
    depth: u32,
}

impl<'a> Scanner<'a> {
    /// At the beginning of the text.
    pub fn new(text: &'a str) -> Self {
        let (at, depth) = (Place::default(), 0);
        Self { text, at, depth }
    }

    /// Where it is.
    pub fn place(&self) -> Place {
        self.at
    }

    /// Goes to another place, which must not be within a string.
    pub fn go_to(&mut self, place: Place) {
        self.at = place;
    }

    /// The value that began where another scanner stands, and ends here.
    pub fn span_from(&self, start: &Self) -> Span {
        Span {
            first: start.peek(),
            has_escapes: false,
            start: start.at,
            end: self.at,
        }
    }

    /// The text of a value; empty where there is none.
    pub fn text(&self, span: Span) -> &'a str {
        let range = span.start.byte..span.end.byte;
        self.text.get(range).unwrap_or_default()
    }

    /// The byte at this place. 0, which is nowhere in JSON, at the end.
    #[inline(always)]
    pub fn peek(&self) -> u8 {
        self.rest().first().copied().unwrap_or_default()
    }

    /// Goes on behind what the text has here, if it is this token of ASCII.
    #[inline(always)]
    pub fn skip_token(&mut self, token: &str) -> bool {
        let is_here = self.goes_on_with(token.as_bytes());
        if is_here {
            self.skip(token.len());
        }
        is_here
    }

    /// Goes on behind what the text has here, if it is the same as this string or literal.
    #[inline(always)]
    pub fn skip_repeated(&mut self, span: Span) -> bool {
        let token = self.text(span).as_bytes();
        let is_here = !token.is_empty() && self.goes_on_with(token);
        if is_here {
            self.skip(token.len());
            let surplus = span.end.surplus.wrapping_sub(span.start.surplus);
            self.at.surplus = self.at.surplus.wrapping_add(surplus);
        }
        is_here
    }

    /// Goes on behind white space.
    #[inline(always)]
    pub fn skip_space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.skip(1);
        }
    }

    /// Nothing but white space may follow.
    pub fn end(&mut self) -> Result<(), SyntaxError> {
        self.skip_space();
        if self.rest().is_empty() {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    /// Enters the object or array that begins here.
    pub fn enter(&mut self) -> Result<(), SyntaxError> {
        if self.depth == MOST_NESTED {
            return Err(SyntaxError::TooDeep(self.at.byte));
        }
        self.depth = self.depth.wrapping_add(1);
        self.skip(1);
        Ok(())
    }

    /// Goes on to the next member or element of what was entered; false where it was left instead, with this byte.
    #[inline(always)]
    pub fn next(&mut self, closing: u8, is_first: bool) -> Result<bool, SyntaxError> {
        self.skip_space();
        if self.peek() == closing {
            self.skip(1);
            self.depth = self.depth.wrapping_sub(1);
            return Ok(false);
        }
        if !is_first {
            self.expect(b',')?;
            self.skip_space();
        }
        Ok(true)
    }

    /// The name of a member, up to its value.
    pub fn name(&mut self) -> Result<Span, SyntaxError> {
        if self.peek() != b'"' {
            return Err(self.unexpected());
        }
        let name = self.value()?;
        self.skip_space();
        self.expect(b':')?;
        self.skip_space();
        Ok(name)
    }

    /// The value that begins here.
    pub fn value(&mut self) -> Result<Span, SyntaxError> {
        let start = *self;
        let mut has_escapes = false;
        match self.peek() {
            b'"' => has_escapes = self.string()?,
            first @ (b'{' | b'[') => self.container(first)?,
            b't' => self.literal("true")?,
            b'f' => self.literal("false")?,
            b'n' => self.literal("null")?,
            _ => self.number()?,
        }
        Ok(Span {
            has_escapes,
            ..self.span_from(&start)
        })
    }

    fn container(&mut self, first: u8) -> Result<(), SyntaxError> {
        self.enter()?;
        let is_object = first == b'{';
        let closing = if is_object { b'}' } else { b']' };
        let mut is_first = true;
        while self.next(closing, is_first)? {
            is_first = false;
            if is_object {
                self.name()?;
            }
            self.value()?;
        }
        Ok(())
    }

    /// Whether the string that begins here has escapes.
    #[inline(always)]
    fn string(&mut self) -> Result<bool, SyntaxError> {
        let mut has_escapes = false;
        self.skip(1);
        loop {
            let word = self.word();
            // The lowest bit that is set is that of the first quotation mark, backslash or control character.
            let quotation = (word ^ repeated(b'"')).wrapping_sub(repeated(1));
            let backslash = (word ^ repeated(b'\\')).wrapping_sub(repeated(1));
            let control = word.wrapping_sub(repeated(b' '));
            let special = (quotation | backslash | control) & !word & HIGH;
            let length = special.trailing_zeros() >> 3;
            if word & HIGH != 0 {
                self.count_surplus(word, length);
            }
            self.skip(length as usize);
            if special == 0 {
                continue;
            }
            match self.peek() {
                b'"' => {
                    self.skip(1);
                    return Ok(has_escapes);
                }
                b'\\' => {
                    has_escapes = true;
                    self.escape()?;
                }
                _ => return Err(self.unexpected()),
            }
        }
    }

    /// A character of two or three bytes has one unit, one of four has two.
    fn count_surplus(&mut self, word: u64, length: u32) {
        let counted = match 1_u64.checked_shl(length.wrapping_mul(8)) {
            Some(bit) => word & bit.wrapping_sub(1),
            None => word,
        };
        let continuing = counted & !(counted << 1) & HIGH;
        let first_of_four = counted & (counted << 1) & (counted << 2) & (counted << 3) & HIGH;
        let surplus = continuing
            .count_ones()
            .wrapping_sub(first_of_four.count_ones());
        self.at.surplus = self.at.surplus.wrapping_add_signed(surplus as i32 as isize);
    }

    fn escape(&mut self) -> Result<(), SyntaxError> {
        self.skip(1);
        match self.peek() {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.skip(1),
            b'u' => {
                self.skip(1);
                for _ in 0..4 {
                    if !self.peek().is_ascii_hexdigit() {
                        return Err(self.unexpected());
                    }
                    self.skip(1);
                }
            }
            _ => return Err(self.unexpected()),
        }
        Ok(())
    }

    fn literal(&mut self, literal: &str) -> Result<(), SyntaxError> {
        literal.bytes().try_for_each(|byte| self.expect(byte))
    }

    fn number(&mut self) -> Result<(), SyntaxError> {
        if self.peek() == b'-' {
            self.skip(1);
        }
        if self.peek() == b'0' {
            self.skip(1);
        } else {
            self.digits()?;
        }
        if self.peek() == b'.' {
            self.skip(1);
            self.digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.skip(1);
            if matches!(self.peek(), b'+' | b'-') {
                self.skip(1);
            }
            self.digits()?;
        }
        Ok(())
    }

    /// One digit or more.
    fn digits(&mut self) -> Result<(), SyntaxError> {
        if !self.peek().is_ascii_digit() {
            return Err(self.unexpected());
        }
        while self.peek().is_ascii_digit() {
            self.skip(1);
        }
        Ok(())
    }

    #[inline(always)]
    fn expect(&mut self, byte: u8) -> Result<(), SyntaxError> {
        if self.peek() != byte {
            return Err(self.unexpected());
        }
        self.skip(1);
        Ok(())
    }

    #[cold]
    fn unexpected(&self) -> SyntaxError {
        SyntaxError::Unexpected(self.at.byte)
    }

    #[inline(always)]
    fn skip(&mut self, bytes: usize) {
        self.at.byte = self.at.byte.wrapping_add(bytes);
    }

    #[inline(always)]
    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at.byte..).unwrap_or_default()
    }

    /// The next eight bytes, with zeros behind the end of the text.
    #[inline(always)]
    fn word(&self) -> u64 {
        match self.rest().first_chunk() {
            Some(bytes) => u64::from_le_bytes(*bytes),
            None => self.last_word(),
        }
    }

    #[cold]
    fn last_word(&self) -> u64 {
        let mut bytes = [0; 8];
        for (byte, found) in bytes.iter_mut().zip(self.rest()) {
            *byte = *found;
        }
        u64::from_le_bytes(bytes)
    }

    /// Whether the text goes on with this: eight bytes at a time, which is faster than the comparison that wasm has.
    #[inline(always)]
    fn goes_on_with(&self, token: &[u8]) -> bool {
        let Some(here) = self.rest().get(..token.len()) else {
            return false;
        };
        let (words, bytes) = here.as_chunks::<8>();
        let (token_words, token_bytes) = token.as_chunks::<8>();
        let are_same =
            |(a, b): (&[u8; 8], &[u8; 8])| u64::from_le_bytes(*a) == u64::from_le_bytes(*b);
        words.iter().zip(token_words).all(are_same)
            && bytes.iter().zip(token_bytes).all(|(a, b)| a == b)
    }
}
