//! The extent of a value in its text.

use core::ops::Range;

use crate::offset::Offset;

/// The extent of a value.
#[derive(Clone, Copy)]
pub struct Span {
    /// Its first byte, from which its type follows; 0 for no value.
    pub first: u8,
    /// Whether it is a string with escapes.
    pub has_escapes: bool,
    /// The offset of its first byte.
    pub start: Offset,
    /// The offset behind its last byte.
    pub end: Offset,
}

impl Span {
    /// No value.
    pub const NONE: Self = Self {
        first: 0,
        has_escapes: false,
        start: Offset::START,
        end: Offset::START,
    };

    /// Its start and its end, in bytes.
    pub fn bytes(self) -> Range<usize> {
        self.start.byte..self.end.byte
    }

    /// Its start and its end, in UTF-16 code units.
    pub fn utf16(self) -> [u32; 2] {
        [self.start, self.end].map(|offset| offset.utf16() as u32)
    }

    /// Whether it is a string of ASCII without escapes.
    pub(crate) fn is_plain(self) -> bool {
        self.first == b'"' && !self.has_escapes && self.surplus() == 0
    }

    /// How many more bytes it has than UTF-16 code units.
    pub(crate) fn surplus(self) -> usize {
        self.end.surplus.wrapping_sub(self.start.surplus)
    }
}
