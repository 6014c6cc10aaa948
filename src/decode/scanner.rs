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

/// The surplus of the word's bytes before the first special one. A character of two or three bytes has one unit, one of
/// four has two.
fn surplus_of(word: u64, special: u64) -> usize {
    let before = special.wrapping_sub(1) & !special;
    let continuing = word & !(word << 1) & HIGH & before;
    let first_of_four = word & (word << 1) & (word << 2) & (word << 3) & HIGH & before;
    let surplus = continuing
        .count_ones()
        .wrapping_sub(first_of_four.count_ones());
    surplus as i32 as usize
}

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
        let byte = self.text.as_bytes().get(self.at.byte);
        byte.copied().unwrap_or_default()
    }

    /// Goes on behind what the text has here, if it is the same as there. Neither must end within a string.
    #[inline(always)]
    pub fn skip_same(&mut self, start: Place, end: Place) -> bool {
        let mut here = self.at.byte;
        let mut there = start.byte;
        let mut left = end.byte.wrapping_sub(there);
        while left > 8 {
            if self.word_at(here) != self.word_at(there) {
                return false;
            }
            here = here.wrapping_add(8);
            there = there.wrapping_add(8);
            left = left.wrapping_sub(8);
        }
        // What is behind the end does not count.
        let difference = self.word_at(here) ^ self.word_at(there);
        let surplus_bits = 64_u32.wrapping_sub((left as u32).wrapping_mul(8));
        let is_same = left != 0 && difference.unbounded_shl(surplus_bits) == 0;
        if is_same {
            self.at.byte = here.wrapping_add(left);
            let surplus = end.surplus.wrapping_sub(start.surplus);
            self.at.surplus = self.at.surplus.wrapping_add(surplus);
        }
        is_same
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
        if self.at.byte < self.text.len() {
            return Err(self.unexpected());
        }
        Ok(())
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
        self.colon()?;
        Ok(name)
    }

    /// Goes on to the value of a member, if its name is spelled like this.
    pub fn skip_name(&mut self, name: &str) -> Result<bool, SyntaxError> {
        let rest = self.text.as_bytes().get(self.at.byte..);
        if !rest.is_some_and(|rest| rest.starts_with(name.as_bytes())) {
            return Ok(false);
        }
        self.skip(name.len());
        self.colon()?;
        Ok(true)
    }

    fn colon(&mut self) -> Result<(), SyntaxError> {
        self.skip_space();
        self.expect(b':')?;
        self.skip_space();
        Ok(())
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

    /// The string that begins here, if it is one without escapes; else nothing happens.
    #[inline(always)]
    pub fn plain_string(&mut self) -> Option<Span> {
        if self.peek() != b'"' {
            return None;
        }
        let start = self.at;
        self.skip(1);
        self.skip_plain();
        if self.peek() != b'"' {
            self.at = start;
            return None;
        }
        self.skip(1);
        Some(Span {
            first: b'"',
            has_escapes: false,
            start,
            end: self.at,
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
            self.skip_plain();
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

    /// Goes on to the next quotation mark, backslash or control character; or to the end.
    #[inline(always)]
    fn skip_plain(&mut self) {
        let Place {
            mut byte,
            mut surplus,
        } = self.at;
        loop {
            let word = self.word_at(byte);
            // The lowest bit that is set in `special` is that of the first byte of the three kinds.
            let quotation = (word ^ repeated(b'"')).wrapping_sub(repeated(1));
            let backslash = (word ^ repeated(b'\\')).wrapping_sub(repeated(1));
            let control = word.wrapping_sub(repeated(b' '));
            let special = (quotation | backslash | control) & !word & HIGH;
            if word & HIGH != 0 {
                surplus = surplus.wrapping_add(surplus_of(word, special));
            }
            if special != 0 {
                byte = byte.wrapping_add(special.trailing_zeros() as usize >> 3);
                break;
            }
            byte = byte.wrapping_add(8);
        }
        self.at = Place { byte, surplus };
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

    /// Eight bytes, with zeros behind the end of the text.
    #[inline(always)]
    fn word_at(&self, byte: usize) -> u64 {
        let rest = self.text.as_bytes().get(byte..).unwrap_or_default();
        match rest.first_chunk() {
            Some(bytes) => u64::from_le_bytes(*bytes),
            None => last_word(rest),
        }
    }
}

#[cold]
#[inline(never)]
fn last_word(rest: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    for (byte, found) in bytes.iter_mut().zip(rest) {
        *byte = *found;
    }
    u64::from_le_bytes(bytes)
}
