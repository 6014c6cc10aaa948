//! Sixteen bytes, in plain code that does what the SIMD instructions do.

use super::{Bits, LENGTH};

/// Sixteen bytes.
#[derive(Clone, Copy)]
pub struct Block([u8; LENGTH]);

impl Block {
    pub fn new(bytes: &[u8; LENGTH]) -> Self {
        Self(*bytes)
    }

    /// The bytes that differ from the other block's.
    pub fn differing(self, other: Self) -> Bits {
        let pairs = self.0.iter().zip(other.0);
        bits(pairs.map(|(byte, other)| *byte != other))
    }

    /// The bytes that end the plain part of a string: quotation marks, backslashes and control characters.
    pub fn special(self) -> Bits {
        self.bits(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))
    }

    /// These, and all that are not ASCII.
    pub fn special_or_not_ascii(self) -> Bits {
        self.special() | self.bits(|byte| byte >= 0x80)
    }

    /// The continuation bytes of UTF-8.
    pub fn continuations(self) -> Bits {
        self.bits(|byte| (0x80..0xC0).contains(&byte))
    }

    /// The lead bytes of UTF-8's sequences of four bytes.
    pub fn leads_of_four(self) -> Bits {
        self.bits(|byte| byte >= 0xF0)
    }

    fn bits(self, is_one: impl Fn(u8) -> bool) -> Bits {
        bits(self.0.into_iter().map(is_one))
    }
}

fn bits(bytes: impl DoubleEndedIterator<Item = bool>) -> Bits {
    bytes
        .rev()
        .fold(0, |bits, is_one| bits << 1 | Bits::from(is_one))
}
